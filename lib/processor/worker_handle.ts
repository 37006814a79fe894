import type { RawArticle } from "../article/article.ts";
import type { ArticleSettings } from "../article/article_settings.ts";
import type { Computed, WorkerReply, WorkerRequest } from "../../workers/protocol.ts";

/** The result of a part that was sent to a worker. */
export type Run =
  /** `suspects` are the articles that exceeded their time limit: they have no outcome. */
  | { kind: "done"; computed: Computed; suspects: number[] }
  /** The worker crashed or hung while computing this part. */
  | { kind: "lost"; message: string }
  /** The worker ended before it started this part. */
  | { kind: "unstarted" };

/** A worker failed to start. */
export class WorkerStartError extends Error {
  override name = "WorkerStartError";
}

export interface WorkerHandleOptions {
  poison: boolean;
  /** The worker's time limit per part. */
  limitMs: number;
  /** The timeout of the start, and without a message while it has a part, after which it counts as lost. */
  silenceMs: number;
}

/** One Web Worker. */
export interface WorkerHandle {
  /** Rejects with `WorkerStartError` when the worker does not start. */
  ready: Promise<void>;
  /**
   * Posts a part; further parts are queued in the worker, in order. The worker computes it article by article if
   * `singly`, else only when it exceeds the time limit as a whole.
   */
  run(
    articles: RawArticle[],
    settings: ArticleSettings,
    options: { singly: boolean },
  ): Promise<Run>;
  /** Terminates the worker; its remaining parts end as `unstarted`. Idempotent. */
  end(): void;
}

/** Starts a Web Worker without permissions. The caller terminates it. */
export function startWorker(options: WorkerHandleOptions): WorkerHandle {
  const worker = new Worker(new URL("../../workers/article_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: "none" },
  });
  const ready = Promise.withResolvers<void>();
  /** Batches by number, oldest first: the one being computed. */
  const parts = new Map<number, (run: Run) => void>();
  let lastPart = 0;
  let ended = false;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  function send(request: WorkerRequest) {
    worker.postMessage(request);
  }

  function restartWatchdog() {
    clearTimeout(watchdog);
    watchdog = setTimeout(
      () => markLost(`it sent no message for ${options.silenceMs / 1_000} s`),
      options.silenceMs,
    );
  }

  function markLost(message: string) {
    ready.reject(new WorkerStartError(`Cannot start a worker: ${message}`));
    const [current] = parts.keys();
    if (current !== undefined) settle(current, { kind: "lost", message });
    end();
  }

  function settle(part: number, run: Run) {
    parts.get(part)?.(run);
    parts.delete(part);
    if (parts.size > 0) restartWatchdog();
    else clearTimeout(watchdog);
  }

  function end() {
    if (ended) return;
    ended = true;
    worker.terminate();
    for (const part of [...parts.keys()]) settle(part, { kind: "unstarted" });
    clearTimeout(watchdog);
    ready.reject(new WorkerStartError("Cannot start a worker: it was ended"));
  }

  worker.onmessage = ({ data: reply }: MessageEvent<WorkerReply>) => {
    switch (reply.type) {
      case "ready":
        clearTimeout(watchdog);
        ready.resolve();
        break;
      case "done":
        settle(reply.part, {
          kind: "done",
          computed: reply.computed,
          suspects: reply.suspects,
        });
        break;
    }
  };
  worker.onerror = (event) => {
    event.preventDefault(); // otherwise it would also end this thread
    markLost(event.message);
  };
  worker.onmessageerror = () => markLost("its reply cannot be read");

  restartWatchdog();
  send({ type: "configure", poison: options.poison });

  return {
    ready: ready.promise,
    run(articles, settings, { singly }) {
      const { promise, resolve } = Promise.withResolvers<Run>();
      if (ended) return Promise.resolve({ kind: "unstarted" });
      const part = ++lastPart;
      parts.set(part, resolve);
      if (parts.size === 1) restartWatchdog();
      send({ type: "part", part, articles, settings, limitMs: options.limitMs, singly });
      return promise;
    },
    end,
  };
}
