import type { ArticleSettings, RawArticle } from "../article/article.ts";
import type { Failure } from "../article/outcome.ts";
import type { Computed } from "../../workers/protocol.ts";
import { createQuarantine, type QuarantineRow } from "./quarantine.ts";
import { splitBatch } from "./split_batch.ts";
import {
  createWorkerRoster,
  PoolStoppedError,
  type WorkerChange,
  type WorkerRow,
} from "./worker_roster.ts";

/** How long an article may take, unless told. */
const TIME_LIMIT_MS = 30_000;
/** A worker's patience with a batch, which takes some milliseconds when nothing is wrong with it. */
const PATIENCE_MS = 200;
/** How long a worker may say nothing before it counts as lost. */
const SILENCE_MS = 30_000;

export interface WorkerPoolOptions {
  /** How many workers to run; more than there are cores only costs. */
  size: number;
  /** How long an article may take; 30 s unless told. */
  timeLimitMs?: number;
  /** Lets marked articles do harm, for tests (see workers/poison.ts). */
  poison?: boolean;
  onWorkerChange?: (change: WorkerChange) => void;
  now?: () => number;
}

/** What came of articles: one outcome for each, in their order. */
export interface Processed extends Computed {
  /** From the call to its end. */
  elapsedMs: number;
}

/** What came of a call: of all articles but those in quarantine, which need not be waited for. */
export interface ProcessedCall extends Processed {
  /** The articles in quarantine; each rejects as the call itself would have. */
  quarantined: Promise<Processed>[];
}

/** The Web Workers of a node. */
export interface WorkerPool extends AsyncDisposable {
  /** Resolves when every worker has started; rejects with `WorkerStartError`. */
  ready(): Promise<void>;
  /**
   * Computes the articles in parts, side by side. A part that takes too long or kills its worker is
   * done over one by one; an article that alone does so is quarantined, under the time limit and a
   * limit of memory, and if it passes them fails as `timed_out` or `crashed`. Rejects only when no
   * worker can be started (`WorkerStartError`), after `stop` (`PoolStoppedError`), and with the
   * signal's reason.
   */
  process(
    articles: readonly RawArticle[],
    settings: ArticleSettings,
    signal?: AbortSignal,
  ): Promise<ProcessedCall>;
  resize(size: number): void;
  /** The time limit for articles quarantined from now on. */
  setTimeLimit(ms: number): void;
  workers(): WorkerRow[];
  quarantined(): QuarantineRow[];
  /** Ends all workers at once; may be called again. */
  stop(): Promise<void>;
}

/** Starts the workers, without waiting for them. */
export function createWorkerPool(options: WorkerPoolOptions): WorkerPool {
  const { size, poison = false, onWorkerChange = () => {}, now = Date.now } = options;
  const roster = createWorkerRoster({
    size,
    poison,
    patienceMs: PATIENCE_MS,
    silenceMs: SILENCE_MS,
    onChange: onWorkerChange,
    now,
  });
  const quarantine = createQuarantine(now);
  const stopping = new AbortController();
  let timeLimitMs = options.timeLimitMs ?? TIME_LIMIT_MS;

  async function compute(part: RawArticle[], call: Call): Promise<Computed> {
    call.signal.throwIfAborted();
    const run = await roster.run(part, call.settings);
    if (run.kind === "done") return run.computed;
    const [article, ...others] = part;
    if (article && others.length === 0) {
      call.suspects.push(article);
      return merge([]);
    }
    return await computeAll(part.map((one) => [one]), call);
  }

  async function computeAll(parts: RawArticle[][], call: Call): Promise<Computed> {
    return merge(await Promise.all(parts.map((part) => compute(part, call))));
  }

  async function isolate(article: RawArticle, { settings, signal }: Call): Promise<Computed> {
    const limitMs = timeLimitMs;
    const end = await quarantine.compute({ article, settings, limitMs, poison }, signal);
    signal.throwIfAborted();
    switch (end.type) {
      case "done":
        return end.computed;
      case "overran": {
        const message = `Cannot process the article: it takes longer than ${limitMs / 1_000} s`;
        return failed(article, { reason: "timed_out", message, stack: null });
      }
      case "lost": {
        const message = `Cannot process the article: it ended its worker: ${end.message}`;
        return failed(article, { reason: "crashed", message, stack: null });
      }
    }
  }

  function stop(): Promise<void> {
    stopping.abort(new PoolStoppedError("Cannot compute: the pool is stopped"));
    roster.stop();
    return Promise.resolve();
  }

  return {
    ready: roster.ready,
    async process(articles, settings, signal) {
      const began = performance.now();
      const timed = (computed: Computed) => ({
        ...computed,
        elapsedMs: performance.now() - began,
      });
      const call: Call = { settings, signal: anySignal(stopping.signal, signal), suspects: [] };
      const computed = await computeAll(splitBatch(articles), call);
      call.signal.throwIfAborted();
      const quarantined = call.suspects.map((article) => isolate(article, call).then(timed));
      return { ...timed(computed), quarantined };
    },
    resize: roster.resize,
    setTimeLimit(ms) {
      timeLimitMs = ms;
    },
    workers: roster.rows,
    quarantined: quarantine.rows,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

interface Call {
  settings: ArticleSettings;
  signal: AbortSignal;
  /** The articles that alone took too long or ended their worker. */
  suspects: RawArticle[];
}

function merge(parts: readonly Computed[]): Computed {
  return {
    outcomes: parts.flatMap(({ outcomes }) => outcomes),
    cleanMs: parts.reduce((sum, { cleanMs }) => sum + cleanMs, 0),
    annotateMs: parts.reduce((sum, { annotateMs }) => sum + annotateMs, 0),
  };
}

function failed({ id }: RawArticle, failure: Failure): Computed {
  return { outcomes: [{ kind: "failed", id, failure }], cleanMs: 0, annotateMs: 0 };
}

function anySignal(own: AbortSignal, given: AbortSignal | undefined): AbortSignal {
  return given ? AbortSignal.any([own, given]) : own;
}
