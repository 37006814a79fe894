/** Milliseconds since the epoch, with their fractions: comparable between the processes of a machine. */
export function epochMs(): number {
  return Number(Temporal.Now.instant().epochNanoseconds / 1_000n) / 1_000;
}
