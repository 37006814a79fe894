import type { BreakdownRow } from "../database/breakdown_history.ts";
import type { TimingRow } from "../database/timing_history.ts";
import type { Breakdown, BreakdownPart, BreakdownView } from "../wire/breakdown.ts";
import { nodeTimings } from "./percentiles.ts";

/** Parts that are shown one by one, unless some are chosen, and names that can be chosen. */
const MOST_PARTS = 6;
const MOST_NAMES = 100;

/** The steps of a span that end at or before a moment is known. */
export interface BreakdownSteps {
  /** The beginning of the first step, ms since the epoch. */
  from: number;
  stepMs: number;
  count: number;
}

export interface BreakdownInput {
  by: Breakdown;
  steps: BreakdownSteps;
  rows: readonly BreakdownRow[];
  /** The nodes' histograms, oldest first; none by group. */
  timings: readonly TimingRow[];
  /** When the first of all kept steps began: before, nothing is known. Null: there is none. */
  begin: number | null;
  /** Until when everything that was settled is known, ms since the epoch. */
  known: number;
  /** The names to show; empty: the busiest. */
  chosen: readonly string[];
}

/** Spreads what nodes or groups did over the steps of a span: of some one by one, of the others together. */
export function breakDown(input: BreakdownInput): BreakdownView {
  const { by, steps, rows, timings, chosen } = input;
  const totals = new Map<string, number>();
  for (const { name, processed, failed } of rows) {
    if (name !== null) totals.set(name, (totals.get(name) ?? 0) + processed + failed);
  }
  const names = [...totals].toSorted(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([name]) => name);
  const shown = chosen.length > 0 ? [...new Set(chosen)] : names.slice(0, MOST_PARTS);
  const parts = shown.map((name) => partOf(name, rows.filter((row) => row.name === name), input));
  const rest = rows.filter(({ name }) => name === null || !shown.includes(name));
  for (const part of parts) {
    if (by === "node") addTimings(part, steps, nodeTimings(timings, part.name));
  }
  return {
    by,
    from: steps.from,
    step_seconds: steps.stepMs / 1_000,
    parts,
    others: rest.length === 0 ? null : partOf("", rest, input),
    names: names.slice(0, MOST_NAMES),
  };
}

function partOf(
  name: string,
  rows: readonly BreakdownRow[],
  { steps, begin, known }: BreakdownInput,
): BreakdownPart {
  const { from, stepMs, count } = steps;
  const isKnown = (step: number) => {
    const at = from + step * stepMs;
    return begin !== null && at >= begin && at + stepMs <= known;
  };
  const empty = () => Array.from({ length: count }, (_, step) => isKnown(step) ? 0 : null);
  const unknown = () => Array<number | null>(count).fill(null);
  const part = {
    name,
    processed: empty(),
    failed: empty(),
    wait: unknown(),
    run: unknown(),
    total: { processed: 0, failed: 0, wait: null, run: null },
  };
  for (const { at, processed, failed } of rows) {
    const step = (at - from) / stepMs;
    part.total.processed += processed;
    part.total.failed += failed;
    if (!isKnown(step) || step >= count) continue;
    part.processed[step]! += processed;
    part.failed[step]! += failed;
  }
  return part;
}

function addTimings(
  part: BreakdownPart,
  { from, stepMs, count }: BreakdownSteps,
  { steps, wait, run }: ReturnType<typeof nodeTimings>,
) {
  part.total.wait = wait;
  part.total.run = run;
  for (const step of steps) {
    const index = (step.at - from) / stepMs;
    if (!Number.isInteger(index) || index < 0 || index >= count) continue;
    part.wait[index] = step.wait?.p95 ?? null;
    part.run[index] = step.run?.p95 ?? null;
  }
}
