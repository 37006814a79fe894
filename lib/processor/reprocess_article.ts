import type { Logger } from "@logtape/logtape";
import { processAgain } from "../database/article_detail.ts";
import type { Sql } from "../database/postgres_client.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import type { Actor } from "../wire/actor.ts";
import type { Queue } from "../queue/queue.ts";
import { placeFromOutbox } from "./place_from_outbox.ts";
import { emptyPlacement } from "./placement.ts";

/** The parts of a node that reprocessing an article requires. */
export interface ReprocessArticleParts {
  database: { sql: Sql };
  queue: Queue;
  reporter: { publish(): void };
  events: Pick<EventRecorder, "record">;
  logger: Logger;
}

/**
 * Reprocesses an article; returns false if it does not exist or is already pending. During an outage of the
 * broker the id waits in the outbox. Throws `DatabaseUnreachableError` before any change.
 */
export async function reprocessArticle(
  { database: { sql }, queue, reporter, events, logger }: ReprocessArticleParts,
  id: number,
  by: Actor,
): Promise<boolean> {
  const noted = await processAgain(sql, id, by.name);
  if (noted === null) return false;
  await placeFromOutbox(
    { sql, queue, logger },
    { ...emptyPlacement(), pending: [id] },
    noted.outboxId,
  );
  reporter.publish();
  await events.record({ kind: "process_again", subject: String(id), counts: {} }, { actor: by });
  return true;
}
