import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/postgres_client.ts";
import { databaseTime } from "../database/database_time.ts";
import { notInState, unfinished } from "../database/unfinished_articles.ts";
import type { Comparison, FailedState, Queue } from "../queue/queue.ts";
import { isOutage, toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";
import { addPlacement, emptyPlacement } from "./placement.ts";

/** The pause between two comparisons, cluster-wide. */
const EVERY_MS = 30_000;
const POLL_MS = 5_000;
const PAGE = 2_000;
/** The pause after a step as a multiple of its duration: a comparison uses a thirtieth of one core. */
const REST_FACTOR = 30;
const LONGEST_REST_MS = 5_000;

export interface QueueReconcilerParts {
  sql: Sql;
  queue: Queue;
  logger: Logger;
  /** The database's time, ms since the epoch. */
  now: () => number;
  /** Called when missing articles were placed again. */
  onFound: () => void;
}

/**
 * Periodically reconciles the queue with the unfinished articles in Postgres, on one node at a time and in
 * bounded steps; places missing ids.
 */
export interface QueueReconciler {
  start(): void;
  stop(): Promise<void>;
}

export function createQueueReconciler(parts: QueueReconcilerParts): QueueReconciler {
  const stopping = new AbortController();
  let loop: Promise<void> | null = null;

  async function round() {
    if (!await isDue()) return;
    await parts.queue.withLock("comparison", async () => {
      if (!await isDue()) return;
      const found = await compare(parts, createRest(stopping.signal), stopping.signal);
      if (found === null) return;
      const { misplaced: _, ...comparison } = found;
      await parts.queue.noteComparison(comparison);
      report(found);
    });
  }

  function report({ missing, misplaced }: Found) {
    if (missing > 0) {
      parts.logger.warning(
        "{missing} unfinished articles were missing in the queue and were queued again.",
        { missing },
      );
    }
    if (misplaced > 0) {
      parts.logger.warning(
        "{misplaced} ids were among the retries or dead letters of the queue, but not of the database; they were placed where they belong.",
        { misplaced },
      );
    }
    if (missing + misplaced > 0) parts.onFound();
  }

  async function isDue(): Promise<boolean> {
    const last = await parts.queue.lastComparison();
    return last === null || Math.abs(parts.now() - last.at) >= EVERY_MS;
  }

  async function run() {
    while (!stopping.signal.aborted) {
      await sleep(POLL_MS, stopping.signal);
      try {
        if (!stopping.signal.aborted) await round();
      } catch (error) {
        // The callers that wait for the end of the outage log it.
        if (stopping.signal.aborted || isOutage(error)) continue;
        parts.logger.error("Cannot compare the queue with the database: {error}", {
          error: toError(error),
        });
      }
    }
  }

  return {
    start() {
      loop ??= run();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}

/** The result of a comparison, with the number of ids that were in retry or dead letters only in the queue. */
export interface Found extends Comparison {
  misplaced: number;
}

/**
 * Compares once; calls `rest` after each step. Skips articles that changed since the start, since they may be
 * in transit. Returns null when `signal` aborts.
 */
export async function compare(
  { sql, queue }: Pick<QueueReconcilerParts, "sql" | "queue">,
  rest: () => Promise<void>,
  signal: AbortSignal,
): Promise<Found | null> {
  const began = await databaseTime(sql);
  const inventory = await queue.takeInventory(rest);
  let database = 0;
  let missing = 0;
  const failed = { retry: 0, dead: 0 };
  for (let after = 0;;) {
    if (signal.aborted) return null;
    const page = await unfinished(sql, after, PAGE);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
    database += page.length;
    const lacked = new Set(await inventory.missing(page.filter((each) => each.changedAt < began)));
    const placement = emptyPlacement();
    for (const each of page) {
      if (each.state !== "pending") failed[each.state]++;
      if (lacked.has(each.id)) addPlacement(placement, each);
    }
    if (lacked.size > 0) await queue.place(placement);
    missing += lacked.size;
    await rest();
  }
  const before = await queue.counts();
  let misplaced = 0;
  for (const state of ["retry", "dead"] as const) {
    // As long as the queue has no more than Postgres, it has nothing else: nothing is missing.
    if (before[state] > failed[state]) misplaced += await placeOthers(state);
  }
  const { pending, retry, dead, active } = await queue.counts();
  const all = pending + retry + dead + active;
  return { at: await databaseTime(sql), database, queue: all, missing, misplaced };

  /** Places the ids that Postgres does not have in this state; returns their number. */
  async function placeOthers(state: FailedState): Promise<number> {
    let others = 0;
    await queue.visitFailed(state, async (ids) => {
      if (signal.aborted) return;
      const placement = emptyPlacement();
      for (const each of await notInState(sql, state, ids)) {
        if (each.changedAt !== null && each.changedAt >= began) continue;
        addPlacement(placement, each);
        others++;
      }
      await queue.place(placement);
      await rest();
    });
    return others;
  }
}

/** Returns a pause between two steps, as a multiple of the time since the last one. */
export function createRest(signal: AbortSignal): () => Promise<void> {
  let resumed = performance.now();
  return async () => {
    const busyMs = performance.now() - resumed;
    await sleep(Math.min(busyMs * REST_FACTOR, LONGEST_REST_MS), signal);
    resumed = performance.now();
  };
}
