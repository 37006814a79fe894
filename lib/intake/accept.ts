import type { Logger } from "@logtape/logtape";
import type { Database } from "../database/connect.ts";
import { deleteOutbox, insertArticles } from "../database/intake.ts";
import type { Queue } from "../queue/queue.ts";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../runtime/errors.ts";
import type { IncomingArticle } from "./incoming_article.ts";

/** What accepting takes of a node. */
export interface AcceptParts {
  database: Database;
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
  { database, queue, reporter, logger }: AcceptParts,
  articles: IncomingArticle[],
): Promise<Accepted> {
  const { inserted, duplicates, outboxId } = await insertArticles(database.sql, articles);
  const ids = inserted.map(({ id }) => id);
  if (outboxId !== null) {
    try {
      await queue.place({ pending: ids, retry: [], dead: [], gone: [] });
      await deleteOutbox(database.sql, outboxId);
      reporter.soon();
    } catch (error) {
      const away = error instanceof BrokerUnreachableError ||
        error instanceof DatabaseUnreachableError;
      if (!away) throw error;
      logger.warning("{count} articles wait in the outbox: {error}", { count: ids.length, error });
    }
  }
  return { accepted: ids.length, duplicates, ids };
}
