import type { ArticleSettings, RawArticle } from "../article/article.ts";
import type { Computed, WorkerReply, WorkerRequest } from "../../workers/protocol.ts";

/** What came of a batch that a worker was given. */
export type Run =
  | { kind: "done"; computed: Computed }
  /** The worker took longer than its patience and gave the batch up. */
  | { kind: "overran" }
  /** The worker ended, or fell silent, with this batch in hand. */
  | { kind: "lost"; message: string }
  /** The worker ended before it came to this batch. */
  | { kind: "interrupted" };

/** A worker did not start. */
export class WorkerStartError extends Error {
  override name = "WorkerStartError";
}

export interface WorkerHandleOptions {
  poison: boolean;
  /** How long the worker works on one batch before it gives it up. */
  patienceMs: number;
  /** How long it may start, or say nothing while it has a batch, before it counts as lost. */
  silenceMs: number;
}

/** One Web Worker. */
export interface WorkerHandle {
  /** Rejects with `WorkerStartError` when the worker does not start. */
  ready: Promise<void>;
  /** Hands over a batch; batches that come meanwhile wait in the worker, in order. */
  run(articles: RawArticle[], settings: ArticleSettings): Promise<Run>;
  /** Ends the worker; what it had is interrupted. May be called again. */
  end(): void;
}

/** Starts a Web Worker without any permission. Whoever calls ends it. */
export function startWorker(options: WorkerHandleOptions): WorkerHandle {
  const worker = new Worker(new URL("../../workers/article_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: "none" },
  });
  const ready = Promise.withResolvers<void>();
  /** By number, the oldest first: the one the worker is at. */
  const inHand = new Map<number, (run: Run) => void>();
  let lastBatch = 0;
  let ended = false;
  let watchdog: ReturnType<typeof setTimeout> | undefined;

  function send(request: WorkerRequest) {
    worker.postMessage(request);
  }

  function watch() {
    clearTimeout(watchdog);
    watchdog = setTimeout(
      () => lose(`it said nothing for ${options.silenceMs / 1_000} s`),
      options.silenceMs,
    );
  }

  function lose(message: string) {
    ready.reject(new WorkerStartError(`Cannot start a worker: ${message}`));
    const [current] = inHand.keys();
    if (current !== undefined) settle(current, { kind: "lost", message });
    end();
  }

  function settle(batch: number, run: Run) {
    inHand.get(batch)?.(run);
    inHand.delete(batch);
    if (inHand.size > 0) watch();
    else clearTimeout(watchdog);
  }

  function end() {
    if (ended) return;
    ended = true;
    worker.terminate();
    for (const batch of [...inHand.keys()]) settle(batch, { kind: "interrupted" });
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
        settle(reply.batch, { kind: "done", computed: reply.computed });
        break;
      case "overran":
        settle(reply.batch, { kind: "overran" });
        break;
    }
  };
  worker.onerror = (event) => {
    event.preventDefault(); // or it would end this thread too
    lose(event.message);
  };
  worker.onmessageerror = () => lose("its answer cannot be read");

  watch();
  send({ type: "configure", poison: options.poison });

  return {
    ready: ready.promise,
    run(articles, settings) {
      const { promise, resolve } = Promise.withResolvers<Run>();
      if (ended) return Promise.resolve({ kind: "interrupted" });
      const batch = ++lastBatch;
      inHand.set(batch, resolve);
      if (inHand.size === 1) watch();
      send({ type: "batch", batch, articles, settings, limitMs: options.patienceMs });
      return promise;
    },
    end,
  };
}
