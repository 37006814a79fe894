import type { Logger } from "@logtape/logtape";
import type { Outcome } from "../article/outcome.ts";
import type { Sql } from "../database/postgres_client.ts";
import type { LoadedArticle } from "../database/load_batch.ts";
import { proveWritable } from "../database/prove_writable.ts";
import { settleBatch } from "../database/settle.ts";
import type { Queue } from "../queue/queue.ts";
import { UnexplainedRefusalError } from "../runtime/errors.ts";
import { type OutageWatch, whileReachable } from "../runtime/while_reachable.ts";
import { addPlacement, emptyPlacement, type Place } from "./placement.ts";
import { type SettledReport, type Stages, toReport } from "./settled_report.ts";
import {
  type Doubtful,
  type Stored,
  storeDoubtful,
  storeOutcomes,
  type StoreParts,
} from "./store_outcomes.ts";

/** Batches that finish during a settlement are settled together (group commit), up to this many articles. */
const MOST_ARTICLES = 400;

const NOTHING_STORED: Stored = { settlements: [], settled: null, doubtful: [] };

/** A computed batch, ready to be settled. */
export interface ComputedBatch {
  outcomes: Outcome[];
  loaded: Map<number, LoadedArticle>;
  /** Articles that are not to be processed: their ids are only placed in the queue. */
  placeOnly: LoadedArticle[];
  stages: Omit<Stages, "saveMs">;
  elapsedMs: number;
}

export interface SettlerParts {
  node: string;
  sql: Sql;
  queue: Queue;
  logger: Logger;
  outages: OutageWatch;
  /** The cluster's day, `YYYYMMDD`. */
  day: () => string;
  retryMax: () => number;
  random: () => number;
  /** Called after each settlement. */
  onReport: (report: SettledReport) => void;
}

export interface SettleOptions {
  signal: AbortSignal;
  /** Called with ids that the queue has released. */
  onSettled: (ids: number[]) => void;
}

/**
 * Writes outcomes: one statement in Postgres, then one step in the queue. One settlement runs at a time;
 * batches that arrive meanwhile are merged, so that batches grow with the load. A doubtful article is settled
 * separately and delays neither its batch nor others.
 */
export interface Settler {
  /** Resolves when Postgres has the outcomes and the queue has released all ids. */
  settle(batch: ComputedBatch, options: SettleOptions): Promise<void>;
}

interface WaitingBatch extends SettleOptions {
  batch: ComputedBatch;
  done: PromiseWithResolvers<void>;
}

export function createSettler(parts: SettlerParts): Settler {
  const waiting: WaitingBatch[] = [];
  let settling = false;

  async function settleWaiting() {
    if (settling) return;
    settling = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, groupSize(waiting));
      try {
        await settleGroup(group);
      } catch (error) {
        for (const { done } of group) done.reject(error);
      }
    }
    settling = false;
  }

  async function settleGroup(group: WaitingBatch[]) {
    const { signal } = group[0]!;
    const began = performance.now();
    const day = parts.day();
    const computed = group.flatMap(({ batch }) =>
      batch.outcomes.map((outcome) => ({ outcome, loaded: batch.loaded.get(outcome.id)! }))
    );
    const elapsedMs = sum(group, ({ batch }) => batch.elapsedMs) / computed.length;
    const stored = computed.length === 0
      ? NOTHING_STORED
      : await storeOutcomes(computed, storeParts(parts, { day, elapsedMs, signal }));
    const placeOnly = group.flatMap(({ batch }) => batch.placeOnly);
    await place(parts, stored, { day, placeOnly, signal });
    if (computed.length > 0) {
      parts.onReport(toReport(stored, {
        loadMs: sum(group, ({ batch }) => batch.stages.loadMs),
        cleanMs: sum(group, ({ batch }) => batch.stages.cleanMs),
        annotateMs: sum(group, ({ batch }) => batch.stages.annotateMs),
        saveMs: performance.now() - began,
      }));
    }
    for (const each of group) release(each, stored.doubtful);
  }

  /** Reports the settled ids to the batch's owner, then settles its doubtful articles. */
  function release({ batch, signal, onSettled, done }: WaitingBatch, doubtful: Doubtful[]) {
    const own = doubtful.filter(({ computed }) =>
      batch.loaded.get(computed.outcome.id) === computed.loaded
    );
    const held = new Set(own.map(({ computed }) => computed.outcome.id));
    const ids = [...batch.outcomes, ...batch.placeOnly].map(({ id }) => id);
    onSettled(ids.filter((id) => !held.has(id)));
    Promise.all(own.map(async (each) => {
      await settleDoubtful(each, signal);
      onSettled([each.computed.outcome.id]);
    })).then(() => done.resolve(), done.reject);
  }

  async function settleDoubtful(doubtful: Doubtful, signal: AbortSignal) {
    const { computed: { outcome }, error } = doubtful;
    parts.logger.warning(
      "Postgres refuses the result of article {article}; retrying it alone: {reason}",
      {
        article: outcome.id,
        reason: error.message,
      },
    );
    const day = parts.day();
    const stored = await storeDoubtful(doubtful, storeParts(parts, { day, elapsedMs: 0, signal }));
    await place(parts, stored, { day, placeOnly: [], signal });
    parts.onReport(toReport(stored, { loadMs: 0, cleanMs: 0, annotateMs: 0, saveMs: 0 }));
  }

  return {
    settle(batch, options) {
      const done = Promise.withResolvers<void>();
      waiting.push({ batch, ...options, done });
      void settleWaiting();
      return done.promise;
    },
  };
}

/** Returns how many of the waiting batches are settled together. */
function groupSize(waiting: readonly WaitingBatch[]): number {
  let articles = 0;
  const end = waiting.findIndex(({ batch }, index) => {
    articles += batch.outcomes.length;
    return index > 0 && articles > MOST_ARTICLES;
  });
  return end === -1 ? waiting.length : end;
}

function storeParts(
  { node, sql, outages, retryMax, random }: SettlerParts,
  { day, elapsedMs, signal }: { day: string; elapsedMs: number; signal: AbortSignal },
): StoreParts {
  const options = { signal, outages };
  return {
    store(settlements) {
      const batch = { node, day, elapsedMs: elapsedMs * settlements.length, settlements };
      return whileReachable(() => settleBatch(sql, batch), {
        ...options,
        unless: (error) => error instanceof UnexplainedRefusalError,
      });
    },
    proveWritable: () => whileReachable(() => proveWritable(sql), options),
    retryMax: retryMax(),
    random,
    signal,
  };
}

/** Places the ids in the queue where Postgres has them. */
async function place(
  { node, queue, logger, outages }: SettlerParts,
  { settled }: Stored,
  { day, placeOnly, signal }: { day: string; placeOnly: Place[]; signal: AbortSignal },
) {
  const placement = emptyPlacement();
  for (const each of [...placeOnly, ...settled?.states ?? []]) addPlacement(placement, each);
  if (settled !== null) placement.commits = { settlement: settled.batchId };
  const tally = settled === null ? null : { node, day, ...settled.tally, added: settled.added };
  logger.debug("settle: {count} articles in Postgres", { count: settled?.states.length ?? 0 });
  await whileReachable(() => queue.settle(node, placement, tally), { signal, outages });
  logger.debug("place: {placement}", { placement });
  if (placement.retry.length > 0) logger.debug("retry: {retry}", { retry: placement.retry });
}

function sum<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
