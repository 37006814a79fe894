const SECOND_MS = 1_000;
const LONGEST_MS = 3_600_000;

/**
 * How long an article waits after its `tries`-th failure (1 or more), in milliseconds: 2^tries
 * seconds, at most an hour, of which the upper half is left to `random` (0 ≤ random() < 1) so that
 * articles that failed together do not come back together.
 */
export function retryDelayMs(tries: number, random: () => number): number {
  const longest = Math.min(2 ** tries * SECOND_MS, LONGEST_MS);
  return Math.round(longest / 2 + random() * (longest / 2));
}

/** What becomes of an article that has failed `tries` times, this one included. */
export function afterFailure(tries: number, retryMax: number): "retry" | "dead" {
  return tries <= retryMax ? "retry" : "dead";
}
