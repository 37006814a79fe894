import {
  DEFAULT_SPAN,
  type HistoryView,
  isSpanName,
} from "../../dashboard/charts/history_model.ts";
import { MARK_KINDS } from "../../dashboard/events/mark_kinds.ts";
import { listEvents } from "../../database/events.ts";
import { readHistory, SPANS } from "../../database/chart_history.ts";
import { readTimings } from "../../database/timing_history.ts";
import { timingsOf } from "../../status/percentiles.ts";
import { unlessAway } from "../outage_error.ts";
import type { Node } from "../../node/node.ts";

const MARKS = 100;

/**
 * Returns the initial history of a page, as requested by its URL (`span`, `until`); by default, the last five
 * minutes. Empty while the database is unavailable, which the page shows.
 */
export async function firstHistory(
  { database, clock }: Node,
  query: URLSearchParams,
): Promise<HistoryView> {
  const requested = query.get("span");
  const span = isSpanName(requested) ? requested : DEFAULT_SPAN;
  const now = clock.now();
  const moment = Number(query.get("until") ?? NaN);
  const until = Number.isInteger(moment) && moment > 0 && moment < now ? moment : null;
  const end = until ?? now;
  const since = end - SPANS[span].length * 1_000;
  const [samples, timings, marks] = await Promise.all([
    unlessAway(readHistory(database.sql, span, { until }), []),
    unlessAway(readTimings(database.sql, span, { until }), []),
    unlessAway(
      listEvents(
        database.sql,
        { kinds: MARK_KINDS, since, until: end + 1 },
        { cursor: null, limit: MARKS },
      ),
      null,
    ),
  ]);
  return { span, until, now, samples, timings: timingsOf(timings), marks: marks?.events ?? [] };
}
