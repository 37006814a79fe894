import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/client.ts";
import { deleteOutbox } from "../database/intake.ts";
import type { Placement, Queue } from "../queue/queue.ts";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../runtime/errors.ts";

export interface PlaceNotedParts {
  sql: Sql;
  queue: Queue;
  logger: Logger;
}

/**
 * Tells the queue what Postgres has committed together with a note in the outbox, then forgets the
 * note. It never undoes what is committed: while the broker or the database is away the note stays, and
 * the rescuer does the rest when they are back.
 */
export async function placeNoted(
  { sql, queue, logger }: PlaceNotedParts,
  placement: Placement,
  outboxId: number,
): Promise<void> {
  try {
    await queue.place(placement);
    await deleteOutbox(sql, outboxId);
  } catch (error) {
    const away = error instanceof BrokerUnreachableError ||
      error instanceof DatabaseUnreachableError;
    if (!away) throw error;
    logger.warning("The queue hears of some articles later, by the outbox: {error}", { error });
  }
}
