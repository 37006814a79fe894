import type { RawArticle } from "../article/article.ts";
import type { ArticleSettings } from "../article/article_settings.ts";
import type { Failure } from "../article/outcome.ts";
import { mergeComputed } from "../../workers/merge_computed.ts";
import type { Computed } from "../../workers/protocol.ts";
import { createQuarantine, type QuarantineRow } from "./quarantine.ts";
import { splitBatch } from "./split_batch.ts";
import { createWariness } from "./wariness.ts";
import {
  createWorkerRoster,
  PoolStoppedError,
  type Restarts,
  type WorkerChange,
  type WorkerRow,
} from "./worker_roster.ts";

/** The default time limit per article. */
const TIME_LIMIT_MS = 30_000;
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
  struckBefore?: ReadonlySet<number>;
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
  const roster = createWorkerRoster({
    size,
    poison,
    limitMs: PART_LIMIT_MS,
    silenceMs: SILENCE_MS,
    isWary: () => wariness.isWary(),
    onChange: onWorkerChange,
    now,
  });
  const quarantine = createQuarantine(now);
  const stopping = new AbortController();
  const wariness = createWariness({ now, onChange: () => resize(size) });
  let held = 0;
  let timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;

  async function compute(part: RawArticle[], call: Call, ahead = false): Promise<Computed> {
    call.signal.throwIfAborted();
    const run = await roster.run(part, call.settings, { ahead });
    const isLost = run.kind === "lost";
    if (isLost && part.length > 1) return await computeAll(singly(part), call, true);
    const suspects = new Set(isLost ? part.map(({ id }) => id) : run.suspects);
    call.suspects.push(...part.filter(({ id }) => suspects.has(id)));
    wariness.note(suspects.size);
    return isLost ? mergeComputed([]) : run.computed;
  }

  async function computeAll(
    parts: RawArticle[][],
    call: Call,
    ahead = false,
  ): Promise<Computed> {
    return mergeComputed(await Promise.all(parts.map((part) => compute(part, call, ahead))));
  }

  async function isolate(article: RawArticle, call: Call): Promise<Computed> {
    const { settings, signal } = call;
    const limitMs = timeLimitMs;
    held++;
    const end = await quarantine.compute({ article, settings, limitMs, poison }, {
      struckBefore: call.struckBefore.has(article.id),
      signal,
    }).finally(() => held--);
    signal.throwIfAborted();
    switch (end.type) {
      case "done":
        return end.computed;
      case "overran": {
        const longer = `it takes longer than ${end.limitMs / 1_000} s`;
        const message = end.limitMs < limitMs
          ? `Cannot process the article: ${longer}, and too many others wait for the full ${
            limitMs / 1_000
          } s`
          : `Cannot process the article: ${longer}`;
        return failed(article, { reason: "timed_out", message, stack: null });
      }
      case "lost": {
        const message = `Cannot process the article: it ended its worker: ${end.message}`;
        return failed(article, { reason: "crashed", message, stack: null });
      }
    }
  }

  function resize(to: number) {
    size = to;
    roster.resize(size + wariness.spares());
  }

  function stop(): Promise<void> {
    wariness.stop();
    stopping.abort(new PoolStoppedError("Cannot compute: the pool is stopped"));
    roster.stop();
    return Promise.resolve();
  }

  return {
    ready: roster.ready,
    async process(articles, settings, { signal, struckBefore = new Set<number>() } = {}) {
      const began = performance.now();
      const timed = (computed: Computed) => ({
        ...computed,
        elapsedMs: performance.now() - began,
      });
      const call: Call = {
        settings,
        signal: anySignal(stopping.signal, signal),
        struckBefore,
        suspects: articles.filter(({ id }) => struckBefore.has(id)),
      };
      const fresh = articles.filter(({ id }) => !struckBefore.has(id));
      const computed = await computeAll(splitBatch(fresh), call);
      call.signal.throwIfAborted();
      const quarantined = call.suspects.map((article) => isolate(article, call).then(timed));
      return { ...timed(computed), quarantined };
    },
    resize,
    setTimeLimit(ms) {
      timeLimitMs = ms;
    },
    workers: roster.rows,
    quarantined: quarantine.rows,
    held: () => held,
    restarts() {
      const { count, ms } = roster.restarts();
      return { count: count + quarantine.exceeded(), ms };
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Call {
  settings: ArticleSettings;
  signal: AbortSignal;
  struckBefore: ReadonlySet<number>;
  /** The articles that timed out or crashed their worker alone. */
  suspects: RawArticle[];
}

function singly(articles: RawArticle[]): RawArticle[][] {
  return articles.map((article) => [article]);
}

function failed({ id }: RawArticle, failure: Failure): Computed {
  return { outcomes: [{ kind: "failed", id, failure }], cleanMs: 0, annotateMs: 0 };
}

function anySignal(own: AbortSignal, given: AbortSignal | undefined): AbortSignal {
  return given ? AbortSignal.any([own, given]) : own;
}
