import type { Logger } from "@logtape/logtape";
import { DatabaseUnreachableError, DataRefusedError, toError } from "../runtime/errors.ts";
import { requestId } from "../runtime/log_context.ts";
import { finishesWithin } from "../runtime/finishes_within.ts";
import { type Actor, namedActor } from "../wire/actor.ts";
import type { AuditEntry, AuditEvent } from "../wire/audit_event.ts";
import type { Sql } from "./postgres_client.ts";
import { appendEvents, type NewEvent } from "./events.ts";

const RETRY_MS = 2_000;
const BATCH = 500;
/** The buffer for events during an outage; beyond it, the oldest are only in the log. */
const MOST_WAITING = 10_000;
const STOP_MS = 2_000;

/** Optional properties of an event. */
export interface EventDetails {
  /** The actor; by default this node. */
  actor?: Actor;
  /** The default is `succeeded`. */
  result?: AuditEvent["result"];
  /** A deduplication key for an event that several nodes record. */
  once?: string;
}

/** Records actions of people and nodes in the `events` table. */
export interface EventRecorder {
  /**
   * Appends an event. Resolves once it is stored; during an outage of the database, it is buffered and `record`
   * resolves immediately. Never rejects, since the action has already happened.
   */
  record(entry: AuditEntry, details?: EventDetails): Promise<void>;
  /** Makes a last attempt to store the buffer, for at most two seconds. Idempotent. */
  stop(): Promise<void>;
}

/** `now` returns milliseconds of a monotonic clock. */
export function createEventRecorder(
  { sql, node, logger, now = () => performance.now() }: {
    sql: Sql;
    node: string;
    logger: Logger;
    now?: () => number;
  },
): EventRecorder {
  const waiting: { event: NewEvent; recordedAt: number }[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let flushing: Promise<void> | null = null;
  let stopped = false;

  async function append(batch: typeof waiting) {
    const at = now();
    await appendEvents(
      sql,
      batch.map(({ event, recordedAt }) => ({ ...event, ageMs: at - recordedAt })),
    );
  }

  /** Stores the buffer, oldest first; returns false while the database is unreachable. */
  async function flush(): Promise<boolean> {
    let size = BATCH;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, size);
      // Of several events, one may have been rejected.
      size = BATCH;
      try {
        await append(batch);
      } catch (error) {
        if (error instanceof DataRefusedError && batch.length > 1) {
          size = 1;
          continue;
        }
        const isAway = error instanceof DatabaseUnreachableError;
        if (isAway && !(error instanceof DataRefusedError)) return false;
        logger.error("Cannot store {events}; they are only in this line: {error}", {
          events: JSON.stringify(batch.map(({ event }) => event)),
          error: toError(error),
        });
      }
      waiting.splice(0, batch.length);
    }
    return true;
  }

  function flushOnce(): Promise<void> {
    return flushing ??= flush().then(async (done) => {
      flushing = null;
      if (!done && !stopped) timer = setTimeout(flushOnce, RETRY_MS);
      // Events recorded since `flush` last checked.
      if (done && waiting.length > 0) await flushOnce();
    });
  }

  return {
    async record(entry, { actor = namedActor(node), result = "succeeded", once } = {}) {
      const event = {
        entry,
        result,
        actor,
        node,
        requestId: requestId(),
        ageMs: 0,
        once: once ?? null,
      };
      waiting.push({ event, recordedAt: now() });
      if (waiting.length > MOST_WAITING) {
        const lost = waiting.shift();
        logger.error("Cannot store an event; it is only in this line: {event}", {
          event: JSON.stringify(lost?.event),
        });
      }
      clearTimeout(timer);
      await flushOnce();
    },
    async stop() {
      if (stopped) return;
      stopped = true;
      clearTimeout(timer);
      await finishesWithin(STOP_MS, flushOnce());
      for (const { event } of waiting) {
        logger.warning("Cannot store an event; it is only in this line: {event}", {
          event: JSON.stringify(event),
        });
      }
    },
  };
}

/**
 * Runs `work` and records its success or failure; rethrows its error. `describe` is called with the result, or
 * with null on failure, and returns null if nothing changed: then there is no event.
 */
export async function audited<T>(
  events: Pick<EventRecorder, "record">,
  actor: Actor,
  describe: (result: T | null) => AuditEntry | null,
  work: () => Promise<T>,
): Promise<T> {
  let result: T;
  try {
    result = await work();
  } catch (error) {
    const entry = describe(null);
    if (entry !== null) await events.record(entry, { actor, result: "failed" });
    throw error;
  }
  const entry = describe(result);
  if (entry !== null) await events.record(entry, { actor });
  return result;
}
