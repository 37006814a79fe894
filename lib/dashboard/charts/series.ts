import type { Timing } from "../../wire/timing.ts";
import { stepOf } from "../overview/status_sample.ts";
import type { StreamSample } from "../../wire/stream_sample.ts";

/** The rates per second in each step. */
export const RATES = ["processed", "failed", "retried"] as const;
/** The queues' depths at the end of each step. */
export const DEPTHS = ["pending", "retry", "dead"] as const;

/** Percentiles of wait times in seconds, and of run times in ms, in each step. */
export const WAITS = ["wait50", "wait95", "wait99"] as const;
export const RUNS = ["run50", "run95", "run99"] as const;

export type Rate = typeof RATES[number];
export type Depth = typeof DEPTHS[number];
export type Time = typeof WAITS[number] | typeof RUNS[number];
/** The keys of a chart's lines. */
export type Measure = Rate | Depth | Time;
export type Values = readonly (number | null)[];

/** The minimum elapsed time of a step for a rate, in seconds. */
const LEAST_RATED = 5;

/** The data of a chart: a value per step, null if unknown. */
export interface Series {
  /** The starts of the steps, ms since the epoch, equally spaced. */
  readonly at: readonly number[];
  readonly values: Readonly<Record<Measure, Values>>;
  /** Whether the last step is incomplete. */
  readonly unfinished: boolean;
}

export interface SeriesWindow {
  /** The duration and the step, in seconds. */
  length: number;
  step: number;
  /** The end of the view, ms since the epoch. */
  until: number;
  /** The current time, on the samples' clock. */
  now: number;
  /** The time of the newest report; later steps are unknown. Default: `now`. */
  known?: number;
}

/**
 * Resamples samples, oldest first, to equal steps, possibly longer than those of the samples. A missing sample
 * means no change.
 */
export function seriesOf(
  samples: readonly StreamSample[],
  { length, step, until, now, known = now }: SeriesWindow,
  timings: readonly Timing[] = [],
): Series {
  const stepMs = step * 1_000;
  const last = stepOf(until, step);
  const steps = Math.round(length / step);
  const at = Array.from({ length: steps }, (_, n) => last - (steps - 1 - n) * stepMs);
  const values = Object.fromEntries(
    [...RATES, ...DEPTHS, ...WAITS, ...RUNS].map((
      name,
    ) => [name, new Array<number | null>(steps).fill(null)]),
  ) as Record<Measure, (number | null)[]>;

  let next = samples.findIndex((each) => each.at >= at[0]!);
  if (next === -1) next = samples.length;
  let before = samples[next - 1] ?? null;
  at.forEach((begin, n) => {
    if (begin > known) return;
    let here: StreamSample | null = null;
    for (; samples[next] !== undefined && samples[next]!.at < begin + stepMs; next++) {
      here = samples[next]!;
      before ??= here;
    }
    const seconds = Math.min(stepMs, known - begin) / 1_000;
    // Counts are up to half a second old, so the rate of a step that just started would be noise.
    const isRated = seconds >= Math.min(step, LEAST_RATED);
    for (const name of RATES) {
      if (before !== null && before !== here && isRated) {
        values[name][n] = here === null ? 0 : (here[name] - before[name]) / seconds;
      }
    }
    before = here ?? before;
    for (const name of DEPTHS) values[name][n] = before?.[name] ?? null;
  });
  for (const { at: begin, wait, run } of timings) {
    const n = (begin - at[0]!) / stepMs;
    if (at[n] !== begin) continue;
    [values.wait50[n], values.wait95[n], values.wait99[n]] = inUnit(wait, 1);
    [values.run50[n], values.run95[n], values.run99[n]] = inUnit(run, 1_000);
  }
  return { at, values, unfinished: now < last + stepMs };
}

function inUnit(each: Timing["wait"], factor: number) {
  if (each === null) return [null, null, null] as const;
  return [each.p50 * factor, each.p95 * factor, each.p99 * factor] as const;
}
