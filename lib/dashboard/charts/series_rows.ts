import type { Values } from "./series.ts";

/** The kind of a chart's values: rates over steps, depths at their ends, or times within them. */
export type ChartKind = "rate" | "depth" | "time";

/** Lines of a chart: a value per step, null if unknown. */
export interface ChartSeries<Name extends string = string> {
  /** The equidistant start times of the steps, ms since the epoch. */
  readonly at: readonly number[];
  readonly values: Readonly<Record<Name, Values>>;
}

/** A row of the table behind a chart: mean rates over some steps, their longest times, or the depths at their end. */
export interface SeriesRow<Name extends string = string> {
  /** The start time, ms since the epoch. */
  at: number;
  values: Record<Name, number | null>;
}

export interface SeriesRowsOptions<Name extends string> {
  names: readonly Name[];
  kind: ChartKind;
  /** The duration of a row. */
  seconds: number;
}

/** Groups a series into rows that start at round times; newest first. */
export function rowsOf<Name extends string>(
  { at, values }: ChartSeries<Name>,
  { names, kind, seconds }: SeriesRowsOptions<Name>,
): SeriesRow<Name>[] {
  const rows: { at: number; from: number; to: number }[] = [];
  at.forEach((moment, n) => {
    const begin = Math.floor(moment / 1_000 / seconds) * seconds * 1_000;
    const last = rows.at(-1);
    if (last?.at === begin) last.to = n + 1;
    else rows.push({ at: begin, from: n, to: n + 1 });
  });
  return rows.reverse().map(({ at, from, to }) => ({
    at,
    values: Object.fromEntries(
      names.map((name) => [name, ROW_VALUES[kind](values[name].slice(from, to))]),
    ) as Record<Name, number | null>,
  }));
}

const ROW_VALUES: Record<ChartKind, (values: Values) => number | null> = {
  rate(values) {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length;
  },
  depth: (values) => values.at(-1) ?? null,
  time(values) {
    const known = values.filter((value) => value !== null);
    return known.length === 0 ? null : Math.max(...known);
  },
};
