const LIBRARY = await findLibrary();

/** Whether this machine can run programs with a shifted clock. */
export const canShiftClock = LIBRARY !== null;

/**
 * The environment variables that shift a program's wall clock by `hours`, but not its monotonic clock, as on
 * a machine with a wrong clock.
 */
export function clockOff(hours: number): Record<string, string> {
  if (LIBRARY === null) throw new Error("Cannot shift a clock: libfaketime is not installed");
  const FAKETIME = `${hours < 0 ? "" : "+"}${hours}h`;
  return { LD_PRELOAD: LIBRARY, FAKETIME, FAKETIME_DONT_FAKE_MONOTONIC: "1" };
}

async function findLibrary(): Promise<string | null> {
  for (const triplet of ["x86_64-linux-gnu", "aarch64-linux-gnu"]) {
    const file = `/usr/lib/${triplet}/faketime/libfaketime.so.1`;
    if (await Deno.stat(file).then(() => true, () => false)) return file;
  }
  return null;
}
