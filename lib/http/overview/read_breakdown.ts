import { breakdownBegin, readBreakdown } from "../../database/breakdown_history.ts";
import { type Span, SPANS } from "../../database/chart_history.ts";
import { readTimings } from "../../database/timing_history.ts";
import type { Node } from "../../node/node.ts";
import { breakDown } from "../../status/breakdown_view.ts";
import type { Breakdown, BreakdownView } from "../../wire/breakdown.ts";

/** A node stores what it settled within this time. */
const STORED_MS = 3_000;

export interface BreakdownQuery {
  span: Span;
  /** The last moment shown, ms since the epoch; null: now. */
  until: number | null;
  by: Breakdown;
  /** The names to show; empty: the busiest. */
  of: readonly string[];
}

/** A span of the charts by node or by group. Throws `DatabaseUnreachableError`. */
export async function breakdownFor(
  { database: { sql }, clock }: Node,
  { span, until, by, of }: BreakdownQuery,
): Promise<BreakdownView> {
  const { length, drawn } = SPANS[span];
  const stepMs = drawn * 1_000;
  const count = Math.round(length / drawn);
  const now = clock.now();
  const last = Math.floor((until ?? now) / stepMs) * stepMs;
  const from = last - (count - 1) * stepMs;
  const [rows, begin, timings] = await Promise.all([
    readBreakdown(sql, span, by, { from, until: last }),
    breakdownBegin(sql, span),
    by === "node" ? readTimings(sql, span, { until }) : [],
  ]);
  const known = now - STORED_MS;
  const steps = { from, stepMs, count };
  return breakDown({ by, steps, rows, timings, begin, known, chosen: of });
}
