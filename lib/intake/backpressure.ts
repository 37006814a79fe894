import type { Queue } from "../queue/queue.ts";
import { BrokerUnreachableError } from "../runtime/errors.ts";

/** Backpressure: more articles are pending than the settings allow; retry after a number of seconds. */
export class TooManyWaitingError extends Error {
  override readonly name = "TooManyWaitingError";

  constructor(readonly waiting: number, most: number, readonly retryAfterSeconds: number) {
    const waits = waiting === 1
      ? `1 article waits to be processed, and the settings allow ${most}`
      : `${waiting} articles wait to be processed, and the settings allow ${most}`;
    super(`${waits}; try again in ${retryAfterSeconds} s`);
  }
}

export interface BackpressureParts {
  queue: Pick<Queue, "counts">;
  settings: { current(): { most_waiting: number } };
}

/** The maximum retry delay, in seconds. */
const RETRY_AFTER = 5;

/**
 * Throws `TooManyWaitingError` while more articles are pending than the setting allows; 0 means no limit. While the
 * broker is unreachable nothing counts the pending ones, and everything passes: Postgres keeps the articles.
 */
export async function assertRoom({ queue, settings }: BackpressureParts): Promise<void> {
  const { most_waiting: most } = settings.current();
  if (most === 0) return;
  const pending = await countPending(queue);
  if (pending !== null && pending >= most) {
    throw new TooManyWaitingError(pending, most, RETRY_AFTER);
  }
}

async function countPending(queue: BackpressureParts["queue"]): Promise<number | null> {
  try {
    return (await queue.counts()).pending;
  } catch (error) {
    if (error instanceof BrokerUnreachableError) return null;
    throw error;
  }
}
