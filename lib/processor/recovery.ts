import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/client.ts";
import { adoptDead, unfinished, type UnfinishedArticle } from "../database/recovery.ts";
import type { Members, Queue } from "../queue/queue.ts";
import { addPlacement, emptyPlacement } from "./placement.ts";
import { catchUpTotals } from "./totals.ts";

const PAGE = 5_000;

/**
 * Compares a broker that is new, or came back as another, with Postgres: places what is not where
 * Postgres says, notes the dead letters of an older system, and makes the totals right. Safe to repeat
 * and to interrupt; `epoch` names the broker, so that one that follows it meanwhile is compared, too.
 */
export async function recover(
  parts: { sql: Sql; queue: Queue; logger: Logger },
  epoch: string,
): Promise<void> {
  const { sql, queue } = parts;
  const members = await queue.members();
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
  // Finished long ago, or not known to Postgres: whoever takes them finds out.
  for (const ids of pagesOf([...strays])) {
    await queue.place({ ...emptyPlacement(), pending: ids });
  }
  await catchUpTotals(parts);
  await queue.markWarm(epoch);
  if (misplaced > 0) {
    parts.logger.info(
      "The queue was behind the database: {misplaced} articles found their place.",
      {
        misplaced,
      },
    );
  }
}

/** An article that waits is in place whatever else its state: who takes it looks again. */
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
