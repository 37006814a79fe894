import type { ShownBreakdown } from "../../dashboard/charts/breakdown_model.ts";
import { readBreakdownChoice } from "../../dashboard/charts/breakdown_query.ts";
import type { HistoryView } from "../../dashboard/charts/history_model.ts";
import type { Node } from "../../node/node.ts";
import { unlessAway } from "../outage_error.ts";
import { breakdownFor } from "./read_breakdown.ts";

/** Returns the breakdown of a page's charts that its URL requests, over their span. */
export async function firstBreakdown(
  node: Node,
  query: URLSearchParams,
  { span, until }: Pick<HistoryView, "span" | "until">,
): Promise<ShownBreakdown> {
  const { by, pair } = readBreakdownChoice(query);
  if (by === null) return { by, pair, view: null };
  return {
    by,
    pair,
    view: await unlessAway(breakdownFor(node, { span, until, by, of: pair }), null),
  };
}
