import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import type { Sql } from "../database/postgres_client.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import type { FailureFilter } from "../database/failure_filter.ts";
import {
  advanceOperation,
  listOperations,
  type Operation,
  readOperation,
  startOperation,
  startUndo,
} from "../database/operations.ts";
import type { Queue } from "../queue/queue.ts";
import { BrokerUnreachableError, DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";
import { inSnakeCase } from "../runtime/snake_case.ts";
import { type Actor, namedActor } from "../wire/actor.ts";
import { placeFromOutbox } from "./place_from_outbox.ts";
import { addPlacement, emptyPlacement } from "./placement.ts";

/** Articles per step: large enough to be fast, small enough not to block other work. */
const STEP = 2_000;
/** The age at which an unfinished operation counts as orphaned by a dead node, or is very large. */
const ABANDONED_AFTER_MS = 30_000;
const POLL_MS = 10_000;
/** The number of recent operations to publish. */
const RECENT_OPERATIONS = 20;

const MESSAGES = {
  retry: "Retried {done} articles for {by}.",
  clear: "Cleared {done} articles for {by}.",
  undo: "Brought back {done} articles for {by}.",
} as const;

export interface BulkParts {
  sql: Sql;
  queue: Queue;
  bus: Bus;
  events: Pick<EventRecorder, "record">;
  logger: Logger;
  /** The database's time, ms since the epoch. */
  now: () => number;
  /** Called after each step, when the counts have changed. */
  onMoved: () => void;
}

/** Bulk operations on failed articles: in steps, over the articles that match at the start. */
export interface Bulk extends AsyncDisposable {
  /** Starts to look for unfinished operations of dead nodes, and finishes them. */
  start(): void;
  /**
   * Retries or clears all failed articles that match a filter; returns the finished operation. Throws
   * `BrokerUnreachableError` or `DatabaseUnreachableError` before any change. Once started, it continues
   * during an outage of the broker; if this node stops or dies, another one finishes it.
   */
  move(kind: "retry" | "clear", filter: FailureFilter, by: Actor): Promise<Operation>;
  /**
   * Undoes a clearing, with the same guarantees. Returns null if the operation is not a clearing, was undone
   * before, or finished more than ten minutes ago.
   */
  undo(id: number, by: Actor): Promise<Operation | null>;
}

export function createBulk({ sql, queue, bus, events, logger, now, onMoved }: BulkParts): Bulk {
  const stopping = new AbortController();
  let polling: Promise<void> | null = null;

  /** `by` is set if the operation was requested on this node; otherwise only the stored name is known. */
  async function finish(operation: Operation, by?: Actor): Promise<Operation> {
    for (let finished = false; !finished && !stopping.signal.aborted;) {
      finished = await advance(operation);
      await publishRecent();
    }
    const ended = await readOperation(sql, operation.id) ?? operation;
    if (ended.finishedAt === null) return ended;
    await events.record(
      { kind: ended.kind, subject: String(ended.id), counts: { articles: ended.done } },
      { actor: by ?? namedActor(ended.askedBy), once: `operation ${ended.id}` },
    );
    logger.info(MESSAGES[ended.kind], { done: ended.done, by: ended.askedBy });
    return ended;
  }

  /** Performs one step; returns whether it was the last one. */
  async function advance(operation: Operation): Promise<boolean> {
    const { moved, outboxId, finished } = await advanceOperation(sql, operation, STEP);
    const placement = emptyPlacement();
    for (const { id, state, changedAt } of moved) {
      addPlacement(placement, { id, state, tries: 0, dueInMs: null, changedAt });
    }
    if (outboxId !== null) await placeFromOutbox({ sql, queue, logger }, placement, outboxId);
    onMoved();
    return finished;
  }

  /** Publishes the recent operations; does nothing during an outage of the broker. */
  async function publishRecent() {
    const operations = await listOperations(sql, { limit: RECENT_OPERATIONS });
    try {
      await bus.publish(CHANNELS.operations, JSON.stringify(inSnakeCase(operations)));
    } catch (error) {
      if (!(error instanceof BrokerUnreachableError)) throw error;
    }
  }

  /** Two nodes may work on one operation when its owner is still alive; each step is applied once. */
  async function finishAbandoned() {
    for (const each of await listOperations(sql, { limit: 100, unfinished: true })) {
      if (now() - each.askedAt >= ABANDONED_AFTER_MS) await finish(each);
    }
  }

  async function poll() {
    while (!stopping.signal.aborted) {
      try {
        await finishAbandoned();
      } catch (error) {
        if (!(error instanceof DatabaseUnreachableError)) {
          logger.error("Cannot finish an operation: {error}", { error: toError(error) });
        }
      }
      await sleep(POLL_MS, stopping.signal);
    }
  }

  return {
    start() {
      polling ??= poll();
    },
    async move(kind, filter, by) {
      // Checked first, so that nothing is changed during an outage of the broker.
      await queue.ping();
      const started = await startOperation(sql, { kind, filter, by });
      return await finish(started, by);
    },
    async undo(id, by) {
      await queue.ping();
      const started = await startUndo(sql, id, by);
      return started === null ? null : await finish(started, by);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await polling;
    },
  };
}
