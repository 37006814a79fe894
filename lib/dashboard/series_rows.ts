import { type Depth, DEPTHS, type Rate, RATES, type Series, type Values } from "./series.ts";

/** A row of the table behind a chart: mean rates over some steps, and the depths at their end. */
export interface SeriesRow {
  /** When it begins, ms since the epoch. */
  at: number;
  values: Record<Rate | Depth, number | null>;
}

/** A series in rows of `seconds` each, which begin at even moments; the newest first. */
export function rowsOf({ at, values }: Series, seconds: number): SeriesRow[] {
  const rows: { at: number; from: number; to: number }[] = [];
  at.forEach((moment, n) => {
    const begin = Math.floor(moment / 1_000 / seconds) * seconds * 1_000;
    const last = rows.at(-1);
    if (last?.at === begin) last.to = n + 1;
    else rows.push({ at: begin, from: n, to: n + 1 });
  });
  return rows.reverse().map(({ at, from, to }) => {
    const row: Partial<SeriesRow["values"]> = {};
    for (const name of RATES) row[name] = mean(values[name].slice(from, to));
    for (const name of DEPTHS) row[name] = values[name][to - 1] ?? null;
    return { at, values: row as SeriesRow["values"] };
  });
}

function mean(values: Values): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, each) => sum + each, 0) / known.length;
}
