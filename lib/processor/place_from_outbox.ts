import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/postgres_client.ts";
import { deleteOutbox } from "../database/outbox.ts";
import type { Placement, Queue } from "../queue/queue.ts";
import { BrokerUnreachableError, DatabaseUnreachableError } from "../runtime/errors.ts";

export interface PlaceNotedParts {
  sql: Sql;
  queue: Queue;
  logger: Logger;
}

/**
 * Places ids that Postgres has committed with an outbox row, then deletes the row. During an outage of the
 * broker or the database the row remains, and the rescuer finishes afterwards (transactional outbox).
 */
export async function placeFromOutbox(
  { sql, queue, logger }: PlaceNotedParts,
  placement: Placement,
  outboxId: number,
): Promise<void> {
  try {
    await queue.place({ ...placement, commits: { note: outboxId } });
    await deleteOutbox(sql, outboxId);
  } catch (error) {
    const away = error instanceof BrokerUnreachableError ||
      error instanceof DatabaseUnreachableError;
    if (!away) throw error;
    // Each request would log it: the outage itself is logged once.
    logger.debug("Some articles will be queued later from the outbox: {error}", { error });
  }
}
