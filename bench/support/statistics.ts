/** Returns the `part` quantile (0 to 1) of a non-empty list. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const at = Math.min(sorted.length - 1, Math.floor(sorted.length * part));
  const value = sorted[at];
  if (value === undefined) throw new Error("Cannot take a quantile of nothing");
  return value;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Returns a quantile of a histogram: values with their counts. */
export function countedQuantile(counted: readonly [number, number][], part: number): number {
  const all = counted.reduce((sum, [, times]) => sum + times, 0);
  let before = 0;
  for (const [value, times] of [...counted].sort(([one], [other]) => one - other)) {
    before += times;
    if (before > all * part) return value;
  }
  throw new Error("Cannot take a quantile of nothing");
}
