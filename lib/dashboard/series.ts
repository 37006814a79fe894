import { type Sample, stepOf } from "./sample.ts";

/** Counts as rates: these many a second, in each step. */
export const RATES = ["processed", "failed", "retried"] as const;
/** The depths of the queues, at the end of each step. */
export const DEPTHS = ["pending", "retry", "dead"] as const;

export type Rate = typeof RATES[number];
export type Depth = typeof DEPTHS[number];
export type Values = readonly (number | null)[];

/** What a chart draws: a value for each step, null where nothing is known yet. */
export interface Series {
  /** The beginnings of the steps, ms since the epoch, evenly apart. */
  readonly at: readonly number[];
  readonly values: Readonly<Record<Rate | Depth, Values>>;
  /** Whether the last step is still going on. */
  readonly unfinished: boolean;
}

export interface SeriesWindow {
  /** How much is shown, and how far apart the samples are, in seconds. */
  length: number;
  step: number;
  /** The last moment shown, ms since the epoch. */
  until: number;
  /** What time it is, by the samples' clock. */
  now: number;
}

/** Spreads samples, oldest first, over even steps. Where there is none, nothing has changed. */
export function seriesOf(
  samples: readonly Sample[],
  { length, step, until, now }: SeriesWindow,
): Series {
  const stepMs = step * 1_000;
  const last = stepOf(until, step);
  const steps = Math.round(length / step);
  const at = Array.from({ length: steps }, (_, n) => last - (steps - 1 - n) * stepMs);
  const values = Object.fromEntries(
    [...RATES, ...DEPTHS].map((name) => [name, new Array<number | null>(steps).fill(null)]),
  ) as Record<Rate | Depth, (number | null)[]>;

  let next = samples.findIndex((each) => each.at >= at[0]!);
  if (next === -1) next = samples.length;
  let before = samples[next - 1] ?? null;
  at.forEach((begin, n) => {
    const here = samples[next]?.at === begin ? samples[next++]! : null;
    // A rate from half a second's worth of a step would jump about.
    const seconds = Math.min(stepMs, Math.max(stepMs / 2, now - begin)) / 1_000;
    for (const name of RATES) {
      if (before !== null) {
        values[name][n] = here === null ? 0 : (here[name] - before[name]) / seconds;
      }
    }
    before = here ?? before;
    for (const name of DEPTHS) values[name][n] = before?.[name] ?? null;
  });
  return { at, values, unfinished: now < last + stepMs };
}
