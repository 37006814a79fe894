const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * Returns the delay before the next connection attempt in ms: exponential backoff from 1 s to 30 s, with jitter
 * of up to half, so that many pages do not reconnect simultaneously.
 *
 * @param failures The number of consecutive failed attempts, at least 1.
 * @param random A number from 0 to 1.
 */
export function backoff(failures: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return longest * (1 - random / 2);
}
