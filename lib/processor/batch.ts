import type { Sql } from "../database/client.ts";
import type { Outcome } from "../article/outcome.ts";
import { loadBatch, type LoadedArticle } from "../database/load.ts";
import type { Processed, WorkerPool } from "./pool.ts";
import { articleSettings, type ProcessorSettings } from "./settings.ts";
import type { Settler } from "./settler.ts";
import { type OutageWatch, untilReachable } from "./until_reachable.ts";

/** Clocks of two machines may differ by this much without a retry being held back. */
const CLOCK_SKEW_MS = 1_000;

/** A batch under way. */
export interface BatchRun {
  signal: AbortSignal;
  watch: OutageWatch;
  /** Told of ids that the queue has let go of. */
  onSettled: (ids: number[]) => void;
}

/**
 * Takes a batch of ids through load, compute and settle; resolves when the queue has let go of all. An
 * article in quarantine is settled by itself, so that the others need not wait for it.
 */
export type BatchRunner = (ids: number[], run: BatchRun) => Promise<void>;

export interface BatchParts {
  sql: Sql;
  pool: WorkerPool;
  settler: Settler;
  settings: () => ProcessorSettings;
}

export function createBatchRunner(parts: BatchParts): BatchRunner {
  return async (ids, { signal, watch, onSettled }) => {
    const began = performance.now();
    const loaded = await untilReachable(() => loadBatch(parts.sql, ids), signal, watch);
    const loadMs = performance.now() - began;
    const { ready, missing, elsewhere } = sort(loaded, Date.now() + CLOCK_SKEW_MS);
    const { quarantined, ...computed } = await parts.pool.process(
      ready.map(({ id, title, content, groupId }) => ({ id, title, content, groupId })),
      articleSettings(parts.settings()),
      signal,
    );

    const byId = new Map(loaded.map((article) => [article.id, article]));
    async function settle(
      processed: Processed,
      rest: { elsewhere: LoadedArticle[]; loadMs: number },
    ) {
      signal.throwIfAborted();
      const { outcomes, cleanMs, annotateMs, elapsedMs } = processed;
      const stages = { loadMs: rest.loadMs, cleanMs, annotateMs };
      const batch = { outcomes, loaded: byId, elsewhere: rest.elsewhere, stages, elapsedMs };
      await parts.settler.settle(batch, signal, watch);
      onSettled([...outcomes, ...rest.elsewhere].map(({ id }) => id));
    }

    const outcomes = [...computed.outcomes, ...missing.map(missingOutcome)];
    const settling = [
      settle({ ...computed, outcomes }, { elsewhere, loadMs }),
      ...quarantined.map(async (one) => settle(await one, { elsewhere: [], loadMs: 0 })),
    ];
    const failed = (await Promise.allSettled(settling)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  };
}

/** Tells apart what is to be processed, what has no article, and what Postgres says belongs elsewhere. */
function sort(loaded: LoadedArticle[], now: number) {
  const ready: LoadedArticle[] = [];
  const missing: LoadedArticle[] = [];
  const elsewhere: LoadedArticle[] = [];
  for (const article of loaded) {
    const due = article.state === "pending" ||
      (article.state === "retry" && (article.dueAt ?? 0) <= now);
    if (!due) elsewhere.push(article);
    else if (article.exists) ready.push(article);
    else missing.push(article);
  }
  return { ready, missing, elsewhere };
}

function missingOutcome({ id }: { id: number }): Outcome {
  const message = `There is no article with the id ${id} (yet).`;
  return { kind: "failed", id, failure: { reason: "missing", message, stack: null } };
}
