import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/client.ts";
import { insertArticles } from "../database/intake.ts";
import { placeNoted } from "../processor/place_noted.ts";
import { emptyPlacement } from "../processor/placement.ts";
import type { Queue } from "../queue/queue.ts";
import type { IncomingArticle } from "./incoming_article.ts";

/** What accepting takes of a node. */
export interface AcceptParts {
  database: { sql: Sql };
  queue: Queue;
  reporter: { soon(): void };
  logger: Logger;
}

/** What became of articles that were handed over. */
export interface Accepted {
  accepted: number;
  duplicates: number;
  /** The ids of the accepted ones, in the order in which they were given. */
  ids: number[];
}

/**
 * Stores up to 500 articles in one step and puts their ids into the queue. Once stored they are
 * accepted: while the broker is away the outbox keeps their ids, and the rescuer enqueues them when
 * it is back. Throws `DatabaseUnreachableError`, having stored nothing.
 */
export async function acceptArticles(
  { database: { sql }, queue, reporter, logger }: AcceptParts,
  articles: IncomingArticle[],
): Promise<Accepted> {
  const { inserted, duplicates, outboxId } = await insertArticles(sql, articles);
  const ids = inserted.map(({ id }) => id);
  if (outboxId !== null) {
    await placeNoted({ sql, queue, logger }, { ...emptyPlacement(), pending: ids }, outboxId);
    reporter.soon();
  }
  return { accepted: ids.length, duplicates, ids };
}
