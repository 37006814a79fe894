import type { Logger } from "@logtape/logtape";
import { forgetMissing, unknownIds } from "../database/lost_commits.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import { adoptDead, unfinished, type UnfinishedArticle } from "../database/unfinished_articles.ts";
import type { Members } from "../queue/queue.ts";
import type { Drift } from "./queue_drift.ts";
import { addPlacement, emptyPlacement } from "./placement.ts";
import { catchUpTotals, type TotalsParts } from "./catch_up_totals.ts";

const PAGE = 5_000;

/**
 * Reconciles the queue with Postgres: places misplaced ids, records dead letters of an older system, and corrects
 * the totals. If Postgres was restored, drops the ids of articles that it does not have. Idempotent and safe to
 * interrupt: the drift stays until the end.
 */
export async function rebuildQueue(
  parts: TotalsParts & { logger: Logger; events: Pick<EventRecorder, "record"> },
  { epoch, restored }: Drift,
): Promise<void> {
  const { sql, queue } = parts;
  const members = await queue.members();
  const dropped = restored === null ? 0 : await dropUnknown(parts, members);
  for (const ids of pagesOf([...members.dead])) await adoptDead(sql, ids);
  const strays = new Set([...members.retry, ...members.dead]);
  let misplaced = 0;
  for (let after = 0;;) {
    const page = await unfinished(sql, after, PAGE);
    const placement = emptyPlacement();
    for (const each of page) {
      strays.delete(each.id);
      if (isInPlace(each, members)) continue;
      addPlacement(placement, each);
      misplaced++;
    }
    await queue.place(placement);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  // Finished long ago, or unknown to Postgres: the node that takes them handles it.
  for (const ids of pagesOf([...strays])) {
    await queue.place({ ...emptyPlacement(), pending: ids });
  }
  if (restored !== null) await queue.rewind(restored, [-1, 0, 1, 2].map(parts.day));
  await catchUpTotals(parts);
  if (epoch !== null) await queue.markWarm(epoch);
  if (restored !== null) {
    parts.logger.warning(
      "The database was restored from an earlier time: {dropped} ids in the queue had no article and were dropped.",
      { dropped },
    );
    void parts.events.record({
      kind: "database_restored",
      subject: null,
      counts: { articles: dropped },
    });
  }
  if (misplaced > 0 && queue.outlivesNode) {
    parts.logger.info(
      "The queue was behind the database: {misplaced} articles were placed again.",
      {
        misplaced,
      },
    );
  }
}

/**
 * Removes the ids that are unknown to Postgres from the queue and from `members`; returns their number. An id
 * whose article a producer commits later is found by the next comparison.
 */
async function dropUnknown({ sql, queue }: TotalsParts, members: Members): Promise<number> {
  await forgetMissing(sql);
  const all = Object.values(members) as Set<number>[];
  const unknown: number[] = [];
  for (const ids of pagesOf([...new Set(all.flatMap((some) => [...some]))])) {
    unknown.push(...await unknownIds(sql, ids));
  }
  await queue.remove(unknown);
  for (const some of all) for (const id of unknown) some.delete(id);
  return unknown.length;
}

/** A pending id counts as placed in any state of its article, which is checked when it is taken. */
function isInPlace({ id, state }: UnfinishedArticle, members: Members): boolean {
  switch (state) {
    case "pending":
      return members.waiting.has(id);
    case "retry":
      return members.retry.has(id) || members.waiting.has(id);
    case "dead":
      return members.dead.has(id);
  }
}

function* pagesOf(ids: number[]) {
  for (let first = 0; first < ids.length; first += PAGE) yield ids.slice(first, first + PAGE);
}
