const WINDOW_MS = 5_000;

/** Measures throughput over the last five seconds. */
export interface ThroughputMeter {
  add(count: number): void;
  /** Articles per second with two decimals; 0 after an idle window. */
  perSecond(): number;
}

/** `now` returns milliseconds of a monotonic clock. */
export function createThroughputMeter(now: () => number): ThroughputMeter {
  const started = now();
  let done: { at: number; count: number }[] = [];
  return {
    add(count) {
      const at = now();
      const last = done.at(-1);
      // A resolution of a tenth of a second bounds the list.
      if (last !== undefined && at - last.at < 100) last.count += count;
      else done.push({ at, count });
    },
    perSecond() {
      const at = now();
      done = done.filter((entry) => at - entry.at < WINDOW_MS);
      const first = done[0];
      if (first === undefined) return 0;
      // A stream that has just started is measured over its elapsed time rather than the whole window.
      const since = at - started < WINDOW_MS ? at - first.at : WINDOW_MS;
      const total = done.reduce((sum, entry) => sum + entry.count, 0);
      return Math.round(total / Math.max(since, 1_000) * 100_000) / 100;
    },
  };
}
