import type { Logger } from "@logtape/logtape";
import { processAgain } from "../database/article.ts";
import type { Sql } from "../database/client.ts";
import type { Queue } from "../queue/queue.ts";
import { placeNoted } from "./place_noted.ts";
import { emptyPlacement } from "./placement.ts";

/** What processing an article again takes of a node. */
export interface ProcessAgainParts {
  database: { sql: Sql };
  queue: Queue;
  reporter: { soon(): void };
  logger: Logger;
}

/**
 * Has an article processed anew; answers false when there is no such article or it waits already. While
 * the broker is away the id waits in the outbox. Throws `DatabaseUnreachableError`, having changed
 * nothing.
 */
export async function processArticleAgain(
  { database: { sql }, queue, reporter, logger }: ProcessAgainParts,
  id: number,
): Promise<boolean> {
  const noted = await processAgain(sql, id);
  if (noted === null) return false;
  await placeNoted({ sql, queue, logger }, { ...emptyPlacement(), pending: [id] }, noted.outboxId);
  reporter.soon();
  return true;
}
