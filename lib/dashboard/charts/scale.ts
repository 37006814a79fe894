/** Possible intervals of ticks on a time axis, in seconds. */
const TIME_STEPS = [
  ...[1, 5, 10, 15, 30, 60, 300, 600, 900, 1_800, 3_600],
  ...[10_800, 21_600, 43_200, 86_400, 172_800, 604_800],
];

/** The value axis: its maximum, and its ticks from 0 up. */
export interface ValueScale {
  top: number;
  marks: readonly number[];
}

/** Returns a scale from 0 to at least `most`, with three or four ticks at multiples of 1, 2 or 5 × 10ⁿ. */
export function valueScale(most: number): ValueScale {
  const least = Math.max(most, 3) / 3;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least)!;
  const count = Math.max(1, Math.ceil(most / step));
  return {
    top: step * count,
    marks: Array.from({ length: count + 1 }, (_, index) => index * step),
  };
}

/**
 * Returns at most `most` round times between two, ms since the epoch, in the time zone `offsetMinutes` east of
 * UTC.
 */
export function timeMarks(
  from: number,
  to: number,
  { most = 6, offsetMinutes = 0 } = {},
): readonly number[] {
  const seconds = (to - from) / 1_000;
  const step = (TIME_STEPS.find((each) => seconds / each <= most) ?? TIME_STEPS.at(-1)!) * 1_000;
  const offset = offsetMinutes * 60_000;
  const first = Math.ceil((from + offset) / step) * step - offset;
  const marks: number[] = [];
  for (let at = first; at <= to; at += step) marks.push(at);
  return marks;
}
