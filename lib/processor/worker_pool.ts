import type { RawArticle } from "../article/article.ts";
import type { ArticleSettings } from "../article/article_settings.ts";
import { mergeComputed } from "../../workers/merge_computed.ts";
import type { Computed } from "../../workers/protocol.ts";
import { createArticleTimeLimit } from "./article_time_limit.ts";
import type { QuarantineRow } from "./quarantine.ts";
import { splitBatch } from "./split_batch.ts";
import { createPoolMode } from "./pool_mode.ts";
import {
  PoolStoppedError,
  type Restarts,
  type WorkerChange,
  WorkerRoster,
} from "./worker_roster.ts";
import type { WorkerRow } from "./worker_slot.ts";

/** A worker's time limit per part, which normally takes a few milliseconds. */
const PART_LIMIT_MS = 200;
/** The time without a message after which a worker counts as lost. */
const SILENCE_MS = 30_000;

export interface WorkerPoolOptions {
  /** The number of workers; more than the number of cores only adds overhead. */
  size: number;
  /** The time limit per article; default 30 s. */
  timeLimitMs?: number;
  /** Whether marked articles are harmful, for tests (see workers/poison.ts). */
  poison?: boolean;
  onWorkerChange?: (change: WorkerChange) => void;
  now?: () => number;
}

/** One outcome per article, in order. */
export interface Processed extends Computed {
  /** The duration of the call. */
  elapsedMs: number;
}

export interface ProcessOptions {
  signal?: AbortSignal;
  /** Ids of articles that hung or crashed a worker in an earlier try: they go straight to quarantine. */
  quarantinedBefore?: ReadonlySet<number>;
}

/** The outcomes of a call, without waiting for articles in quarantine. */
export interface ProcessedCall extends Processed {
  /** The articles in quarantine; each rejects for the same reasons as the call. */
  quarantined: Promise<Processed>[];
}

/** The Web Workers of a node. */
export interface WorkerPool extends AsyncDisposable {
  /** Resolves when every worker has started; rejects with `WorkerStartError`. */
  ready(): Promise<void>;
  /**
   * Computes the articles in parallel parts. A part that exceeds its time limit continues article by article; one
   * that crashes its worker is retried one article at a time, ahead of the others. An article that exceeds its time
   * limit or crashes alone is quarantined with limits of time and memory, and fails as `timed_out` or `crashed` if it
   * exceeds them. Rejects only when no worker can be started (`WorkerStartError`), after `stop` (`PoolStoppedError`),
   * and with the signal's reason.
   */
  process(
    articles: readonly RawArticle[],
    settings: ArticleSettings,
    options?: ProcessOptions,
  ): Promise<ProcessedCall>;
  resize(size: number): void;
  /** Sets the time limit for articles quarantined from now on. */
  setTimeLimit(ms: number): void;
  workers(): WorkerRow[];
  /** The articles that have a thread in quarantine. */
  quarantined(): QuarantineRow[];
  /** The number of articles in quarantine, including those that wait for a thread. */
  held(): number;
  /** Replaced workers, and threads in quarantine that their article ended. */
  restarts(): Restarts;
  /** Terminates all workers immediately; idempotent. */
  stop(): Promise<void>;
}

/** Starts the workers without waiting for them. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { poison = false, onWorkerChange = () => {}, now = Date.now } = options;
  let { size } = options;
  const roster = new WorkerRoster({
    size,
    poison,
    limitMs: PART_LIMIT_MS,
    silenceMs: SILENCE_MS,
    computesSingly: () => mode.computesSingly(),
    onChange: onWorkerChange,
    now,
  });
  const timeLimit = createArticleTimeLimit({ limitMs: options.timeLimitMs, poison, now });
  const stopping = new AbortController();
  const mode = createPoolMode({ now, onChange: () => resize(size) });

  async function compute(part: RawArticle[], call: Call, ahead = false): Promise<Computed> {
    call.signal.throwIfAborted();
    const run = await roster.run(part, call.settings, { ahead });
    const isLost = run.kind === "lost";
    if (isLost && part.length > 1) return await computeAll(singly(part), call, true);
    const suspects = new Set(isLost ? part.map(({ id }) => id) : run.suspects);
    call.suspects.push(...part.filter(({ id }) => suspects.has(id)));
    mode.note(suspects.size);
    return isLost ? mergeComputed([]) : run.computed;
  }

  async function computeAll(
    parts: RawArticle[][],
    call: Call,
    ahead = false,
  ): Promise<Computed> {
    return mergeComputed(await Promise.all(parts.map((part) => compute(part, call, ahead))));
  }

  function resize(to: number) {
    size = to;
    roster.resize(size + mode.spareWorkers());
  }

  function stop(): Promise<void> {
    mode.stop();
    stopping.abort(new PoolStoppedError("Cannot compute: the pool is stopped"));
    roster.stop();
    return Promise.resolve();
  }

  return {
    ready: () => roster.ready(),
    async process(articles, settings, { signal, quarantinedBefore = new Set<number>() } = {}) {
      const began = performance.now();
      const timed = (computed: Computed) => ({
        ...computed,
        elapsedMs: performance.now() - began,
      });
      const call: Call = {
        settings,
        signal: anySignal(stopping.signal, signal),
        suspects: articles.filter(({ id }) => quarantinedBefore.has(id)),
      };
      const fresh = articles.filter(({ id }) => !quarantinedBefore.has(id));
      const computed = await computeAll(splitBatch(fresh), call);
      call.signal.throwIfAborted();
      const quarantined = call.suspects.map((article) =>
        timeLimit.enforce(article, settings, {
          quarantinedBefore: quarantinedBefore.has(article.id),
          signal: call.signal,
        }).then(timed)
      );
      return { ...timed(computed), quarantined };
    },
    resize,
    setTimeLimit: timeLimit.set,
    workers: () => roster.rows(),
    quarantined: timeLimit.quarantined,
    held: timeLimit.held,
    restarts() {
      const { count, ms } = roster.restarts();
      return { count: count + timeLimit.exceeded(), ms };
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Call {
  settings: ArticleSettings;
  signal: AbortSignal;
  /** The articles that timed out or crashed their worker alone. */
  suspects: RawArticle[];
}

function singly(articles: RawArticle[]): RawArticle[][] {
  return articles.map((article) => [article]);
}

function anySignal(own: AbortSignal, given: AbortSignal | undefined): AbortSignal {
  return given ? AbortSignal.any([own, given]) : own;
}
