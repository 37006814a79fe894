import { getLogger } from "@logtape/logtape";
import type { Sql } from "../database/postgres_client.ts";
import type { Outcome } from "../article/outcome.ts";
import { loadBatch, type LoadedArticle, loadWithoutArticle } from "../database/load_batch.ts";
import { proveReadable } from "../database/prove_readable.ts";
import { UnexplainedRefusalError } from "../runtime/errors.ts";
import { judgeUnreadable, loadArticles, type LoadParts, type Unreadable } from "./load_articles.ts";
import type { Processed, WorkerPool } from "./worker_pool.ts";
import type { Histogram } from "../wire/histogram.ts";
import { articleSettings, type ProcessorSettings } from "../wire/settings.ts";
import type { Settler } from "./settler.ts";
import { withSpan } from "../runtime/with_span.ts";
import { type OutageWatch, whileReachable } from "../runtime/while_reachable.ts";

const logger = getLogger("millrace");

/** A batch in progress. */
export interface BatchRun {
  signal: AbortSignal;
  /** Called with ids that the queue has released. */
  onSettled: (ids: number[]) => void;
}

/**
 * Loads, computes and settles a batch of ids; resolves when the queue has released all of them. An article in
 * quarantine, or one that cannot be read, is settled separately and does not delay the others.
 */
export type BatchRunner = (ids: number[], run: BatchRun) => Promise<void>;

export interface BatchParts {
  sql: Sql;
  pool: WorkerPool;
  settler: Settler;
  outages: OutageWatch;
  settings: () => ProcessorSettings;
  /** How long articles waited until they were loaded, and were in progress until they were settled. */
  timing: { wait: Histogram; run: Histogram };
}

export function createBatchRunner(parts: BatchParts): BatchRunner {
  return (ids, run) =>
    withSpan("batch", { "millrace.articles": ids.length }, () => runBatch(ids, run));

  async function runBatch(ids: number[], { signal, onSettled }: BatchRun) {
    const began = performance.now();
    const loading = loadParts(parts, signal);
    const { loaded, unreadable } = await withSpan("load", {}, () => loadArticles(ids, loading));
    const loadMs = performance.now() - began;
    const { ready, missing, placeOnly } = classify(loaded);
    for (const { waitedMs } of ready) {
      if (waitedMs !== null) parts.timing.wait.add(waitedMs / 1_000);
    }
    logger.debug(
      "load: {ready} to process, {missing} without an article, {placeOnly} only to place",
      {
        ready: ready.length,
        missing: missing.length,
        placeOnly: placeOnly.length,
      },
    );
    const { quarantined, ...computed } = await withSpan(
      "compute",
      {},
      () => compute(ready, signal),
    );
    logger.debug("dispatch: {computed} computed in {ms} ms, {quarantined} in quarantine", {
      computed: computed.outcomes.length,
      ms: Math.round(computed.elapsedMs),
      quarantined: quarantined.length,
    });
    const byId = new Map(loaded.map((article) => [article.id, article]));
    async function settle(
      processed: Processed,
      rest: { placeOnly: LoadedArticle[]; loadMs: number },
    ) {
      signal.throwIfAborted();
      const { outcomes, cleanMs, annotateMs, elapsedMs } = processed;
      const stages = { loadMs: rest.loadMs, cleanMs, annotateMs };
      const batch = { outcomes, loaded: byId, placeOnly: rest.placeOnly, stages, elapsedMs };
      await withSpan("settle", {}, () => parts.settler.settle(batch, { signal, onSettled }));
      parts.timing.run.add((performance.now() - began) / 1_000, outcomes.length);
    }

    const outcomes = [...computed.outcomes, ...missing.map(missingOutcome)];
    const settling = [
      settle({ ...computed, outcomes }, { placeOnly, loadMs }),
      ...unreadable.map((one) => settleUnreadable(one, loading, { signal, onSettled })),
      ...quarantined.map(async (one) => settle(await one, { placeOnly: [], loadMs: 0 })),
    ];
    const failed = (await Promise.allSettled(settling)).find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
  }

  function compute(ready: LoadedArticle[], signal: AbortSignal) {
    const articles = ready.map(({ id, title, content, contentKind, groupId }) => ({
      id,
      title,
      content,
      contentKind,
      groupId,
    }));
    const before = ready.flatMap(({ id, quarantinedBefore }) => quarantinedBefore ? id : []);
    return parts.pool.process(articles, articleSettings(parts.settings()), {
      signal,
      quarantinedBefore: new Set(before),
    });
  }

  async function settleUnreadable(unreadable: Unreadable, loading: LoadParts, run: BatchRun) {
    const { id, error } = unreadable;
    logger.warning("Postgres refuses to read article {article}; retrying it alone: {reason}", {
      article: id,
      reason: error.message,
    });
    const failed = await judgeUnreadable(unreadable, loading);
    if (failed === null) return await runBatch([id], run);
    const [state] = await whileReachable(() => loadWithoutArticle(parts.sql, id), {
      signal: run.signal,
      outages: parts.outages,
    });
    if (state === undefined) throw new Error(`Cannot load the state of article ${id}`);
    await parts.settler.settle({
      outcomes: [failed],
      loaded: new Map([[id, state]]),
      placeOnly: [],
      stages: { loadMs: 0, cleanMs: 0, annotateMs: 0 },
      elapsedMs: 0,
    }, run);
  }
}

function loadParts({ sql, outages }: BatchParts, signal: AbortSignal): LoadParts {
  const options = { signal, outages };
  return {
    load: (ids) =>
      whileReachable(() => loadBatch(sql, ids), {
        ...options,
        unless: (error) => error instanceof UnexplainedRefusalError,
      }),
    proveReadable: (id) => whileReachable(() => proveReadable(sql, id), options),
    signal,
  };
}

/**
 * Separates the articles to process, the ids without an article, and articles that are not due: already processed,
 * dead, or waiting for a later retry.
 */
function classify(loaded: LoadedArticle[]) {
  const ready: LoadedArticle[] = [];
  const missing: LoadedArticle[] = [];
  const placeOnly: LoadedArticle[] = [];
  for (const article of loaded) {
    if (!article.due) placeOnly.push(article);
    else if (article.exists) ready.push(article);
    else missing.push(article);
  }
  return { ready, missing, placeOnly };
}

function missingOutcome({ id }: { id: number }): Outcome {
  const message = `There is no article with the id ${id} (yet).`;
  return { kind: "failed", id, failure: { reason: "missing", message, stack: null } };
}
