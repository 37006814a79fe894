import { type HistoryView, isSpanName } from "../dashboard/history_model.ts";
import { readHistory } from "../database/history.ts";
import { DatabaseUnreachableError } from "../runtime/errors.ts";
import type { Node } from "../runtime/node.ts";

/**
 * The history that a page is made with, as its address asks (`span`, `until`); the last five minutes
 * otherwise. Empty while the database is away, which the page says itself.
 */
export async function firstHistory(
  { database }: Node,
  query: URLSearchParams,
): Promise<HistoryView> {
  const asked = query.get("span");
  const span = isSpanName(asked) ? asked : "5m";
  const now = Date.now();
  const moment = Number(query.get("until") ?? NaN);
  const until = Number.isInteger(moment) && moment > 0 && moment < now ? moment : null;
  return { span, until, now, samples: await samplesOf() };

  async function samplesOf() {
    try {
      return await readHistory(database.sql, span, { until });
    } catch (error) {
      if (error instanceof DatabaseUnreachableError) return [];
      throw error;
    }
  }
}
