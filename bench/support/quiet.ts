import { sleep } from "../../lib/runtime/sleep.ts";

const LOOK_MS = 1_000;
/** The CPU utilization below which the machine counts as idle. */
const QUIET = 0.05;
const PATIENCE_MS = 30_000;

/** `BENCH_HURRY=1` is for trying a benchmark: no waiting for an idle machine, no repetition when disturbed. */
export const hurried = Deno.env.get("BENCH_HURRY") === "1";

/** CPU time of the whole machine since its start, in kernel ticks. */
interface MachineTime {
  busy: number;
  all: number;
}

/**
 * Waits until the machine is nearly idle, half a minute at most. A measurement reports the utilization
 * during its run by `busyShare`.
 */
export async function untilQuiet(): Promise<void> {
  if (hurried) return;
  for (const began = performance.now(); performance.now() - began < PATIENCE_MS;) {
    const before = await machineTime();
    await sleep(LOOK_MS);
    if (busyShare(before, await machineTime()) < QUIET) return;
  }
}

export async function machineTime(): Promise<MachineTime> {
  const [line = ""] = (await Deno.readTextFile("/proc/stat")).split("\n", 1);
  const fields = line.split(/\s+/).slice(1, 9).map(Number);
  const all = fields.reduce((sum, ticks) => sum + ticks, 0);
  return { all, busy: all - (fields[3] ?? 0) - (fields[4] ?? 0) };
}

/** Returns the machine's CPU utilization between two samples, 0 to 1. */
export function busyShare(before: MachineTime, after: MachineTime): number {
  return (after.busy - before.busy) / Math.max(1, after.all - before.all);
}
