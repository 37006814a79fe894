import { processAgain } from "../database/article.ts";
import type { Sql } from "../database/client.ts";
import { deleteOutbox } from "../database/intake.ts";
import type { Queue } from "../queue/queue.ts";
import { BrokerUnreachableError } from "../runtime/errors.ts";
import { emptyPlacement } from "./placement.ts";

/** What processing an article again takes of a node. */
export interface ProcessAgainParts {
  database: { sql: Sql };
  queue: Queue;
  reporter: { soon(): void };
}

/**
 * Has an article processed anew; answers false when there is no such article or it waits already. While
 * the broker is away the outbox keeps the id, and the rescuer enqueues it later. Throws
 * `DatabaseUnreachableError`, having changed nothing.
 */
export async function processArticleAgain(
  { database: { sql }, queue, reporter }: ProcessAgainParts,
  id: number,
): Promise<boolean> {
  const noted = await processAgain(sql, id);
  if (noted === null) return false;
  try {
    await queue.place({ ...emptyPlacement(), pending: [id] });
    await deleteOutbox(sql, noted.outboxId);
    reporter.soon();
  } catch (error) {
    if (!(error instanceof BrokerUnreachableError)) throw error;
  }
  return true;
}
