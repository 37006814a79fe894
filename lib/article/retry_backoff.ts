const SECOND_MS = 1_000;
const LONGEST_MS = 3_600_000;

/**
 * Returns the delay after an article's `tries`-th failure (1 or more) in milliseconds: exponential backoff of
 * 2^tries seconds, at most an hour, with jitter of up to half by `random` (0 ≤ random() < 1), so that articles
 * that failed together are not retried together.
 */
export function retryDelayMs(tries: number, random: () => number): number {
  const longest = Math.min(2 ** tries * SECOND_MS, LONGEST_MS);
  return Math.round(longest / 2 + random() * (longest / 2));
}
