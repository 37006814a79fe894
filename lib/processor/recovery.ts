import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/client.ts";
import { talliesSince, totalsBefore, unfinished } from "../database/recovery.ts";
import { localDay } from "../runtime/day.ts";
import type { Queue } from "../queue/queue.ts";
import { addPlacement, emptyPlacement } from "./placement.ts";

const PAGE = 5_000;
const DAY_MS = 86_400_000;
/** The days whose tallies the queue keeps apart, today not counted. */
const KEPT_DAYS = 1;

/**
 * Compares a broker that is new, or came back as another, with Postgres: enqueues what is unfinished
 * and not there, and makes the totals right. Safe to repeat and to interrupt.
 */
export async function recover(parts: { sql: Sql; queue: Queue; logger: Logger }): Promise<void> {
  const known = await parts.queue.members();
  let enqueued = 0;
  for (let after = 0;;) {
    const page = await unfinished(parts.sql, after, PAGE);
    const placement = emptyPlacement();
    for (const each of page) if (!known.has(each.id)) addPlacement(placement, each);
    await parts.queue.place(placement);
    enqueued += placement.pending.length + placement.retry.length + placement.dead.length;
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  const firstDay = localDay(new Date(Date.now() - KEPT_DAYS * DAY_MS));
  await parts.queue.restoreTotals(
    await totalsBefore(parts.sql, firstDay),
    await talliesSince(parts.sql, firstDay),
  );
  await parts.queue.markWarm();
  if (enqueued > 0) {
    parts.logger.info(
      "The queue was behind the database; {enqueued} articles were enqueued again.",
      {
        enqueued,
      },
    );
  }
}
