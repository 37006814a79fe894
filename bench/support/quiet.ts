const LOOK_MS = 1_000;
/** The share of the machine's processors that others may use while a measurement waits to begin. */
const QUIET = 0.05;
const PATIENCE_MS = 30_000;

/** Set `BENCH_HURRY=1` to try a benchmark: it waits for no quiet machine and repeats nothing disturbed. */
export const hurried = Deno.env.get("BENCH_HURRY") === "1";

/** Processor time of the whole machine since it started, in the kernel's ticks. */
interface MachineTime {
  busy: number;
  all: number;
}

/**
 * Waits until the machine has little else to do, half a minute at most. A measurement says afterwards by
 * `busyShare` what was going on beside it.
 */
export async function untilQuiet(): Promise<void> {
  if (hurried) return;
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS;) {
    const before = await machineTime();
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    if (busyShare(before, await machineTime()) < QUIET) return;
  }
}

export async function machineTime(): Promise<MachineTime> {
  const [line = ""] = (await Deno.readTextFile("/proc/stat")).split("\n", 1);
  const fields = line.split(/\s+/).slice(1, 9).map(Number);
  const all = fields.reduce((sum, ticks) => sum + ticks, 0);
  return { all, busy: all - (fields[3] ?? 0) - (fields[4] ?? 0) };
}

/** The share of the machine that was busy between two moments. */
export function busyShare(before: MachineTime, after: MachineTime): number {
  return (after.busy - before.busy) / Math.max(1, after.all - before.all);
}
