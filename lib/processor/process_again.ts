import { processAgain } from "../database/article.ts";
import { placeNoted, type PlaceNotedParts } from "./place_noted.ts";
import { emptyPlacement } from "./placement.ts";

/** What processing an article again takes of a node. */
export interface ProcessAgainParts extends Omit<PlaceNotedParts, "sql"> {
  database: Pick<PlaceNotedParts, "sql">;
  reporter: { soon(): void };
}

/**
 * Has an article processed anew; answers false when there is no such article or it waits already. While
 * the broker is away the outbox keeps the id, and the rescuer enqueues it later. Throws
 * `DatabaseUnreachableError`, having changed nothing.
 */
export async function processArticleAgain(
  { database: { sql }, queue, logger, reporter }: ProcessAgainParts,
  id: number,
): Promise<boolean> {
  const noted = await processAgain(sql, id);
  if (noted === null) return false;
  const placement = { ...emptyPlacement(), pending: [id] };
  await placeNoted({ sql, queue, logger }, placement, noted.outboxId);
  reporter.soon();
  return true;
}
