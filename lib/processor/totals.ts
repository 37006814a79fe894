import type { Sql } from "../database/client.ts";
import { talliesSince, totalsBefore } from "../database/recovery.ts";
import type { Queue } from "../queue/queue.ts";
import { localDay } from "../runtime/day.ts";

const DAY_MS = 86_400_000;
/** The days whose tallies the queue keeps apart, today not counted. */
const KEPT_DAYS = 1;

/**
 * Raises the queue's totals to what Postgres says. A node that was killed between the two steps of a
 * settlement has counted in Postgres alone, and may never come back to tell the queue.
 */
export async function catchUpTotals({ sql, queue }: { sql: Sql; queue: Queue }): Promise<void> {
  const firstDay = localDay(new Date(Date.now() - KEPT_DAYS * DAY_MS));
  await queue.restoreTotals(await totalsBefore(sql, firstDay), await talliesSince(sql, firstDay));
}
