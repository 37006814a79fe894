/** Returns fractional milliseconds since the epoch, comparable between the processes of one machine. */
export function epochMs(): number {
  return Number(Temporal.Now.instant().epochNanoseconds / 1_000n) / 1_000;
}
