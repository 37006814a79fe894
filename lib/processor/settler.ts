import type { Sql } from "../database/client.ts";
import type { Outcome } from "../article/outcome.ts";
import type { LoadedArticle } from "../database/load.ts";
import { settleBatch, type Settled } from "../database/settle.ts";
import type { Placement, Queue } from "../queue/queue.ts";
import { localDay } from "../runtime/day.ts";
import { type OutageWatch, untilReachable } from "./until_reachable.ts";
import { type Stored, storeOutcomes } from "./store_outcomes.ts";
import { addPlacement, emptyPlacement, type Place } from "./placement.ts";

/** Batches that finished while another was being settled are settled together, up to this many articles. */
const MOST_TOGETHER = 400;

/** A computed batch, ready to be settled. */
export interface ComputedBatch {
  outcomes: Outcome[];
  loaded: Map<number, LoadedArticle>;
  /** Ids that need no settling, only their place in the queue. */
  elsewhere: LoadedArticle[];
  stages: { loadMs: number; cleanMs: number; annotateMs: number };
  elapsedMs: number;
}

/** What a settlement came to, for whoever counts and tells. */
export interface SettledReport {
  processed: number;
  failures: {
    id: number;
    message: string;
    tries: number;
    state: "retry" | "dead";
    dueInMs: number;
  }[];
  stages: { loadMs: number; cleanMs: number; annotateMs: number; saveMs: number };
}

export interface SettlerParts {
  node: string;
  sql: Sql;
  queue: Queue;
  retryMax: () => number;
  random: () => number;
  onSettled: (report: SettledReport) => void;
}

/**
 * Writes outcomes: one statement in Postgres, then one step in the queue. One settlement at a time;
 * those that come meanwhile are joined, so that the batches grow with the load.
 */
export interface Settler {
  /** Resolves when Postgres has the outcomes and the queue has let go of the ids. */
  settle(batch: ComputedBatch, signal: AbortSignal, watch: OutageWatch): Promise<void>;
}

interface Waiting {
  batch: ComputedBatch;
  signal: AbortSignal;
  watch: OutageWatch;
  done: PromiseWithResolvers<void>;
}

export function createSettler(parts: SettlerParts): Settler {
  let waiting: Waiting[] = [];
  let settling = false;

  async function pump() {
    if (settling) return;
    settling = true;
    while (waiting.length > 0) {
      const together = takeTogether();
      try {
        await settleTogether(together);
        for (const { done } of together) done.resolve();
      } catch (error) {
        for (const { done } of together) done.reject(error);
      }
    }
    settling = false;
  }

  function takeTogether(): Waiting[] {
    let articles = 0;
    const end = waiting.findIndex(({ batch }, index) => {
      articles += batch.outcomes.length;
      return index > 0 && articles > MOST_TOGETHER;
    });
    const together = end === -1 ? waiting : waiting.slice(0, end);
    waiting = end === -1 ? [] : waiting.slice(end);
    return together;
  }

  async function settleTogether(together: Waiting[]) {
    const { signal, watch } = together[0]!;
    const began = performance.now();
    const day = localDay(new Date());
    const computed = together.flatMap(({ batch }) =>
      batch.outcomes.map((outcome) => ({ outcome, loaded: batch.loaded.get(outcome.id)! }))
    );
    const elapsedMs = sum(together, ({ batch }) => batch.elapsedMs) / computed.length;
    const stored = computed.length === 0 ? null : await storeOutcomes(computed, {
      store: (settlements) =>
        untilReachable(
          () =>
            settleBatch(parts.sql, {
              node: parts.node,
              day,
              elapsedMs: elapsedMs * settlements.length,
              settlements,
            }),
          signal,
          watch,
        ),
      retryMax: parts.retryMax(),
      now: Date.now,
      random: parts.random,
      signal,
    });
    const settled = stored?.settled ?? null;
    const placement = place(together, settled);
    const tally = settled === null ? null : { node: parts.node, day, ...settled.tally };
    await untilReachable(
      () => parts.queue.settle(parts.node, placement, tally),
      signal,
      watch,
    );
    if (stored !== null) tell(together, stored, performance.now() - began);
  }

  function tell(together: Waiting[], { settlements, settled }: Stored, saveMs: number) {
    const truth = new Map(settled.states.map((each) => [each.id, each]));
    const report: SettledReport = {
      processed: 0,
      failures: [],
      stages: {
        loadMs: sum(together, ({ batch }) => batch.stages.loadMs),
        cleanMs: sum(together, ({ batch }) => batch.stages.cleanMs),
        annotateMs: sum(together, ({ batch }) => batch.stages.annotateMs),
        saveMs,
      },
    };
    for (const outcome of settlements) {
      const now = truth.get(outcome.id);
      if (now === undefined || !now.applied) continue;
      if (outcome.kind === "processed") report.processed++;
      else {
        report.failures.push({
          id: outcome.id,
          message: outcome.failure.message,
          tries: now.tries,
          state: outcome.next,
          dueInMs: (outcome.dueAt ?? Date.now()) - Date.now(),
        });
      }
    }
    parts.onSettled(report);
  }

  return {
    settle(batch, signal, watch) {
      const done = Promise.withResolvers<void>();
      waiting.push({ batch, signal, watch, done });
      void pump();
      return done.promise;
    },
  };
}

function place(together: Waiting[], settled: Settled | null): Placement {
  const placement = emptyPlacement();
  const places: Iterable<Place>[] = together.map(({ batch }) => batch.elsewhere);
  if (settled !== null) places.push(settled.states);
  for (const some of places) for (const each of some) addPlacement(placement, each);
  return placement;
}

function sum<T>(items: T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
