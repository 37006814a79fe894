import type { Sql } from "../database/postgres_client.ts";
import { talliesSince, totalsBefore } from "../database/unfinished_articles.ts";
import type { Queue } from "../queue/queue.ts";

/** The number of days before today whose tallies the queue keeps separately. */
const KEPT_DAYS = 1;

export interface TotalsParts {
  sql: Sql;
  queue: Queue;
  /** The cluster's day, `YYYYMMDD`, a number of days ago. */
  day: (daysAgo: number) => string;
}

/**
 * Raises the queue's totals to those in Postgres. A node that was killed between the two steps of a settlement
 * has counted in Postgres only, and may never return.
 */
export async function catchUpTotals({ sql, queue, day }: TotalsParts): Promise<void> {
  const firstDay = day(KEPT_DAYS);
  await queue.restoreTotals(await totalsBefore(sql, firstDay), await talliesSince(sql, firstDay));
}
