import type { Logger } from "@logtape/logtape";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import type { Sql } from "../database/client.ts";
import type { FailureFilter } from "../database/failures.ts";
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
import { placeNoted } from "./place_noted.ts";
import { addPlacement, emptyPlacement } from "./placement.ts";

/** Articles that are moved in one step: enough to be quick, few enough to hold nobody up. */
const STEP = 2_000;
/** An operation that is still unfinished then was begun by a node that is gone, or is very large. */
const ABANDONED_AFTER_MS = 30_000;
const LOOK_MS = 10_000;
/** How many operations those who watch are told of. */
export const RECENT_OPERATIONS = 20;

const VERBS = { retry: "Retried", clear: "Cleared", undo: "Brought back" } as const;

export interface BulkParts {
  sql: Sql;
  queue: Queue;
  bus: Bus;
  logger: Logger;
  /** Told after each step: the counts have changed. */
  onMoved: () => void;
}

/** Moves failed articles by the thousands: step by step, over what is there when it is asked for. */
export interface Bulk extends AsyncDisposable {
  /** Starts to look for operations that nodes which are gone had begun, and finishes them. */
  start(): void;
  /**
   * Retries or clears all failed articles that a filter means, and answers the finished operation.
   * Throws `BrokerUnreachableError` or `DatabaseUnreachableError` with nothing done. Once begun it goes
   * on while the broker is away; when this node stops or dies, another one finishes it.
   */
  move(kind: "retry" | "clear", filter: FailureFilter, by: string): Promise<Operation>;
  /**
   * Takes a clearing back, with the same promises. Null when it was no clearing, was taken back before,
   * or was finished more than ten minutes ago.
   */
  undo(id: number, by: string): Promise<Operation | null>;
}

export function createBulk({ sql, queue, bus, logger, onMoved }: BulkParts): Bulk {
  const stopping = new AbortController();
  let looking: Promise<void> | null = null;

  async function finish(operation: Operation): Promise<Operation> {
    for (let finished = false; !finished && !stopping.signal.aborted;) {
      finished = await advance(operation);
      await tell();
    }
    const ended = await readOperation(sql, operation.id) ?? operation;
    if (ended.finishedAt === null) return ended;
    logger.info("{verb} {done} articles, as {by} asked.", {
      verb: VERBS[ended.kind],
      done: ended.done,
      by: ended.askedBy,
    });
    return ended;
  }

  /** Does one step and answers whether it was the last one. */
  async function advance(operation: Operation): Promise<boolean> {
    const { moved, outboxId, finished } = await advanceOperation(sql, operation, STEP);
    const placement = emptyPlacement();
    for (const { id, state, changedAt } of moved) {
      addPlacement(placement, { id, state, tries: 0, dueAt: null, changedAt });
    }
    if (outboxId !== null) await placeNoted({ sql, queue, logger }, placement, outboxId);
    onMoved();
    return finished;
  }

  /** Hands the recent operations to whoever watches; while the broker is away nobody can. */
  async function tell() {
    const operations = await listOperations(sql, { limit: RECENT_OPERATIONS });
    try {
      await bus.publish(CHANNELS.operations, JSON.stringify(inSnakeCase(operations)));
    } catch (error) {
      if (!(error instanceof BrokerUnreachableError)) throw error;
    }
  }

  /** What a living node still works at may be worked at by two; no step is done twice. */
  async function finishAbandoned() {
    for (const each of await listOperations(sql, { limit: 100, unfinished: true })) {
      if (Date.now() - each.askedAt >= ABANDONED_AFTER_MS) await finish(each);
    }
  }

  async function look() {
    while (!stopping.signal.aborted) {
      try {
        await finishAbandoned();
      } catch (error) {
        if (!(error instanceof DatabaseUnreachableError)) {
          logger.error("Cannot finish an operation: {error}", { error: toError(error) });
        }
      }
      await sleep(LOOK_MS, stopping.signal);
    }
  }

  return {
    start() {
      looking ??= look();
    },
    async move(kind, filter, by) {
      // Asked first: with the broker away nothing is done.
      await queue.counts();
      return await finish(await startOperation(sql, { kind, filter, by }));
    },
    async undo(id, by) {
      await queue.counts();
      const started = await startUndo(sql, id, by);
      return started === null ? null : await finish(started);
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await looking;
    },
  };
}
