const FIRST_MS = 1_000;
const LONGEST_MS = 30_000;

/**
 * How long to wait before the next try to connect, in ms: 1 s doubling to 30 s with each failure,
 * shortened by up to half so that many pages do not come back in one instant.
 *
 * @param failures How many tries have failed in a row, 1 at least.
 * @param random A number from 0 to 1.
 */
export function backoff(failures: number, random: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
  return longest * (1 - random / 2);
}
