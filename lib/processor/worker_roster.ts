import type { RawArticle } from "../article/article.ts";
import type { ArticleSettings } from "../article/article_settings.ts";
import {
  type Run,
  startWorker as startWebWorker,
  type WorkerHandle,
  type WorkerHandleOptions,
} from "./worker_handle.ts";

import {
  countRun,
  createSlot,
  leastLoaded,
  type Slot,
  toRow,
  type WorkerRow,
} from "./worker_slot.ts";

/** Parts per worker: one being computed and one queued, so that it need not wait for this thread. */
const PARTS_PER_WORKER = 2;

/**
 * The number of interrupted articles after which a worker is replaced. A start costs as much as a thousand
 * articles, and the steps keep no state between articles but atomic caches; still, a worker that is
 * interrupted repeatedly is not trusted for long.
 */
const MOST_INTERRUPTED = 20;

/** An event of a worker. */
export type WorkerChange =
  | { kind: "started"; id: number }
  | { kind: "replaced"; id: number; why: string }
  | { kind: "retired"; id: number };

/** The pool was stopped before the articles were processed. */
export class PoolStoppedError extends Error {
  override name = "PoolStoppedError";
}

export interface RosterOptions extends WorkerHandleOptions {
  size: number;
  /** Whether parts are computed article by article. */
  computesSingly: () => boolean;
  /** Starts a worker; default `startWorker`. */
  startWorker?: (options: WorkerHandleOptions) => WorkerHandle;
  onChange: (change: WorkerChange) => void;
  now: () => number;
}

/** Starts, feeds, replaces and terminates the workers. */
export interface WorkerRoster {
  /** Resolves when all workers have started; rejects with `WorkerStartError`. */
  ready(): Promise<void>;
  /**
   * Runs a part on the next free worker, `ahead` of the queue or at its end. A worker that ended is replaced; one
   * that interrupted several articles continues until its successor has started. Rejects with `WorkerStartError` when
   * no worker can be started, and with `PoolStoppedError` after `stop`.
   */
  run(
    articles: RawArticle[],
    settings: ArticleSettings,
    options: { ahead: boolean },
  ): Promise<FinishedRun>;
  resize(size: number): void;
  rows(): WorkerRow[];
  restarts(): Restarts;
  stop(): void;
}

/** The number of replaced workers, and how long their successors took to start. */
export interface Restarts {
  count: number;
  /** Milliseconds, total over the workers. */
  ms: number;
}

/** The result of a part; an unstarted one is run again. */
export type FinishedRun = Exclude<Run, { kind: "unstarted" }>;

export function createWorkerRoster(options: RosterOptions): WorkerRoster {
  const { startWorker = startWebWorker } = options;
  const slots = new Map<number, Slot>();
  /** Replaced workers that finish what they have. */
  const draining = new Set<Slot>();
  /** The successor that is starting, one at a time. */
  let successor: WorkerHandle | null = null;
  const waiting: PromiseWithResolvers<Slot>[] = [];
  const restarts: Restarts = { count: 0, ms: 0 };
  let wanted = options.size;
  let stopped = false;

  function startMissing() {
    for (let id = 1; id <= wanted; id++) {
      if (!slots.has(id)) start(id, { processed: 0, failed: 0, busyMs: 0 });
    }
  }

  function start(id: number, tally: Slot["tally"]): Promise<void> {
    const worker = startWorker(options);
    const slot = addSlot(id, worker, tally);
    worker.ready.then(() => markReady(slot), (error) => {
      if (slots.get(id) !== slot) return; // terminated deliberately
      slots.delete(id);
      for (const { reject } of waiting.splice(0)) reject(error);
    });
    return worker.ready;
  }

  function addSlot(id: number, worker: WorkerHandle, tally: Slot["tally"]): Slot {
    const slot = createSlot({ id, worker, tally, since: options.now() });
    slots.set(id, slot);
    return slot;
  }

  function markReady(slot: Slot) {
    setState(slot, "idle");
    options.onChange({ kind: "started", id: slot.id });
    dispatch();
  }

  function setState(slot: Slot, state: Slot["state"]) {
    slot.state = state;
    slot.since = options.now();
  }

  function dispatch() {
    while (waiting.length > 0) {
      // Behind a part that may have many loops, another one would wait for long.
      const slot = leastLoaded(slots.values(), options.computesSingly() ? 1 : PARTS_PER_WORKER);
      if (slot === null) return;
      slot.parts++;
      waiting.shift()?.resolve(slot);
    }
  }

  function acquireSlot(ahead: boolean): Promise<Slot> {
    if (stopped) return Promise.reject(new PoolStoppedError("Cannot compute: the pool is stopped"));
    startMissing();
    const turn = Promise.withResolvers<Slot>();
    if (ahead) waiting.unshift(turn);
    else waiting.push(turn);
    dispatch();
    return turn.promise;
  }

  async function runOn(slot: Slot, articles: RawArticle[], settings: ArticleSettings) {
    if (slot.state === "idle") setState(slot, "busy");
    slot.articles += articles.length;
    const run = await slot.worker.run(articles, settings, { singly: options.computesSingly() });
    slot.articles -= articles.length;
    slot.parts--;
    if (run.kind === "done") countRun(slot, run.computed);
    if (slots.get(slot.id) !== slot) {
      if (slot.parts === 0) endDrained(slot);
      return run;
    }
    if (run.kind === "lost") replace(slot, run.message);
    if (run.kind === "done") slot.interrupted += run.suspects.length;
    if (slot.interrupted >= MOST_INTERRUPTED) void replaceOnceReady(slot);
    if (slot.parts === 0) markIdle(slot);
    dispatch();
    return run;
  }

  function markIdle(slot: Slot) {
    if (slots.get(slot.id) !== slot) return;
    setState(slot, "idle");
    if (slot.id > wanted) retire(slot);
  }

  function replace(slot: Slot, why: string) {
    remove(slot);
    options.onChange({ kind: "replaced", id: slot.id, why });
    restarts.count++;
    if (slot.id > wanted) return;
    const began = options.now();
    start(slot.id, slot.tally).then(() => restarts.ms += options.now() - began, () => {});
  }

  /** Starts a successor, and puts it in the place of a worker that continues until then. */
  async function replaceOnceReady(slot: Slot) {
    if (successor !== null || slot.id > wanted) return;
    const worker = successor = startWorker(options);
    const began = options.now();
    const isReady = await worker.ready.then(() => true, () => false);
    successor = null;
    // A worker that cannot be replaced now continues, and was perhaps lost or retired in the meantime.
    if (!isReady || slots.get(slot.id) !== slot) return worker.end();
    restarts.count++;
    restarts.ms += options.now() - began;
    options.onChange({
      kind: "replaced",
      id: slot.id,
      why: `it interrupted ${slot.interrupted} articles`,
    });
    draining.add(slot);
    markReady(addSlot(slot.id, worker, slot.tally));
    if (slot.parts === 0) endDrained(slot);
  }

  function endDrained(slot: Slot) {
    draining.delete(slot);
    slot.worker.end();
  }

  function retire(slot: Slot) {
    remove(slot);
    options.onChange({ kind: "retired", id: slot.id });
  }

  function remove(slot: Slot) {
    slots.delete(slot.id);
    slot.worker.end();
  }

  startMissing();
  return {
    async ready() {
      await Promise.all(Array.from(slots.values(), ({ worker }) => worker.ready));
    },
    async run(articles, settings, { ahead }) {
      for (let isRepeated = false;; isRepeated = true) {
        const slot = await acquireSlot(ahead || isRepeated);
        const run = await runOn(slot, articles, settings);
        if (run.kind !== "unstarted") return run;
      }
    },
    resize(size) {
      wanted = size;
      if (stopped) return;
      startMissing();
      for (const slot of slots.values()) {
        if (slot.id > wanted && slot.parts === 0) retire(slot);
      }
    },
    restarts: () => ({ ...restarts }),
    rows: () => Array.from(slots.values(), toRow).sort((one, other) => one.id - other.id),
    stop() {
      stopped = true;
      for (const slot of slots.values()) remove(slot);
      for (const slot of draining) endDrained(slot);
      successor?.end();
      for (const { reject } of waiting.splice(0)) {
        reject(new PoolStoppedError("Cannot compute: the pool is stopped"));
      }
    },
  };
}
