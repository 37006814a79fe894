const WINDOW_MS = 5_000;

/** Counts what was done and says how fast, over the last five seconds. */
export interface Speedometer {
  add(count: number): void;
  /** Articles a second, two decimals; 0 once nothing was done for the whole window. */
  perSecond(): number;
}

/** `now` answers milliseconds of any clock that only rises. */
export function createSpeedometer(now: () => number): Speedometer {
  const started = now();
  let done: { at: number; count: number }[] = [];
  return {
    add(count) {
      const at = now();
      const last = done.at(-1);
      // A tenth of a second is as fine as anybody reads, and bounds the list.
      if (last !== undefined && at - last.at < 100) last.count += count;
      else done.push({ at, count });
    },
    perSecond() {
      const at = now();
      done = done.filter((entry) => at - entry.at < WINDOW_MS);
      const first = done[0];
      if (first === undefined) return 0;
      // A stream that has just begun is measured over its own time, not over the whole window.
      const since = at - started < WINDOW_MS ? at - first.at : WINDOW_MS;
      const total = done.reduce((sum, entry) => sum + entry.count, 0);
      return Math.round(total / Math.max(since, 1_000) * 100_000) / 100;
    },
  };
}
