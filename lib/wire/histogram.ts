import * as z from "zod/mini";

/** The upper bounds of the buckets in seconds: 0.24 ms, doubling to nine hours. The last bucket has none. */
export const BOUNDS: readonly number[] = Array.from({ length: 28 }, (_, i) => 2 ** (i - 12));

/** The maximum duration, some thirty years. */
const LONGEST = 1e9;

/** The counts per bucket since a node's start, without trailing empty buckets. */
export const histogramCounts = z.object({
  counts: z.array(z.number()),
  /** The sum of all durations, in seconds. */
  sum: z.number(),
});
export type HistogramCounts = z.infer<typeof histogramCounts>;

/** A histogram of durations with a bounded number of buckets. */
export interface Histogram {
  /** Adds a duration in seconds, `times` times. */
  add(seconds: number, times?: number): void;
  read(): HistogramCounts;
}

export function createHistogram(): Histogram {
  const counts: number[] = [];
  let sum = 0;
  return {
    add(seconds, times = 1) {
      if (!(times > 0)) return;
      const known = Math.min(Math.max(0, seconds), LONGEST);
      const found = BOUNDS.findIndex((bound) => known <= bound);
      const bucket = found === -1 ? BOUNDS.length : found;
      while (counts.length <= bucket) counts.push(0);
      counts[bucket]! += times;
      sum += known * times;
    },
    read: () => ({ counts: [...counts], sum: Math.round(sum * 1e6) / 1e6 }),
  };
}

/**
 * Returns the `q` quantile in seconds, interpolated within its bucket; null without data. The true value is
 * within a factor of two.
 */
export function quantile({ counts }: HistogramCounts, q: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let below = 0;
  for (const [bucket, count] of counts.entries()) {
    if (count > 0 && below + count >= q * total) {
      const lower = BOUNDS[bucket - 1] ?? 0;
      const upper = BOUNDS[bucket] ?? lower;
      return lower + (upper - lower) * Math.max(0, q * total - below) / count;
    }
    below += count;
  }
  return BOUNDS.at(-1) ?? null;
}
