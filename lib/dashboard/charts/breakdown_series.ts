import type { BreakdownPart, BreakdownView } from "../../wire/breakdown.ts";
import type { Values } from "./series.ts";
import type { ChartSeries } from "./series_rows.ts";

/** The measures by which two nodes or groups are compared. */
const COMPARED = ["processed", "failed", "wait", "run"] as const;
export type Compared = typeof COMPARED[number];

/** The rates of one part; all values are unknown if the part is missing. */
export function partSeries(
  view: BreakdownView,
  part: BreakdownPart | undefined,
): ChartSeries<"processed" | "failed"> {
  return {
    at: stepsOf(view),
    values: {
      processed: scaled(part?.processed ?? [], view.step_seconds),
      failed: scaled(part?.failed ?? [], view.step_seconds),
    },
  };
}

/** One measure of the first two parts: rates, waits in seconds, runs in milliseconds. */
export function pairSeries(view: BreakdownView, measure: Compared): ChartSeries<"a" | "b"> {
  const unit = measure === "wait" ? 1 : measure === "run" ? 1 / 1_000 : view.step_seconds;
  const values = (part: BreakdownPart | undefined) => scaled(part?.[measure] ?? [], unit);
  const [a, b] = view.parts;
  return { at: stepsOf(view), values: { a: values(a), b: values(b) } };
}

/** The highest rate of all parts, including others, so that they share one scale. */
export function highestRate({ parts, others, step_seconds }: BreakdownView): number {
  const all = others === null ? parts : [...parts, others];
  const counts = all.flatMap(({ processed, failed }) => [...processed, ...failed]);
  return counts.reduce<number>((most, each) => Math.max(most, each ?? 0), 0) / step_seconds;
}

/** Compares a number with another: `=` within 5%, else a percentage or a multiple. */
export function differenceOf(one: number | null, other: number | null): Difference | null {
  if (one === null || other === null || one === 0) return null;
  const ratio = other / one;
  if (Math.abs(ratio - 1) < 0.05) return { kind: "same" };
  if (ratio >= 2) return { kind: "times", by: ratio };
  return { kind: "percent", by: Math.round((ratio - 1) * 100) };
}

export type Difference = { kind: "same" } | { kind: "times" | "percent"; by: number };

function stepsOf({ from, step_seconds, parts, others }: BreakdownView): number[] {
  const count = (parts[0] ?? others)?.processed.length ?? 2;
  return Array.from({ length: count }, (_, step) => from + step * step_seconds * 1_000);
}

function scaled(values: Values, unit: number): Values {
  return values.map((value) => value === null ? null : value / unit);
}
