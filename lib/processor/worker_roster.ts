import type { ArticleSettings, RawArticle } from "../article/article.ts";
import type { Computed } from "../../workers/protocol.ts";
import {
  type Run,
  startWorker,
  type WorkerHandle,
  type WorkerHandleOptions,
} from "./worker_handle.ts";

/** Batches a worker has at once: the one it is at, and one so that it need not wait for this thread. */
const BATCHES_A_WORKER = 2;

/** A worker, as operators see it. The row stays when the worker behind it is replaced. */
export interface WorkerRow {
  id: number;
  state: "starting" | "idle" | "busy";
  /** Articles in hand. */
  articles: number;
  /** When it came into this state, ms since the epoch. */
  since: number;
  processed: number;
  failed: number;
  /** Milliseconds an article, on the average. */
  averageMs: number;
}

/** Something that happened to a worker. */
export type WorkerChange =
  | { kind: "started"; id: number }
  | { kind: "replaced"; id: number; why: string }
  | { kind: "retired"; id: number };

/** The pool was stopped before the articles were done. */
export class PoolStoppedError extends Error {
  override name = "PoolStoppedError";
}

export interface RosterOptions extends WorkerHandleOptions {
  size: number;
  onChange: (change: WorkerChange) => void;
  now: () => number;
}

/** The workers that there are: starts, feeds, replaces and ends them. */
export interface WorkerRoster {
  /** Resolves when all wanted workers have started; rejects with `WorkerStartError`. */
  ready(): Promise<void>;
  /**
   * Runs a batch on the next free worker. A worker that did not manage is replaced. Rejects with
   * `WorkerStartError` when no worker can be started, with `PoolStoppedError` after `stop`.
   */
  run(articles: RawArticle[], settings: ArticleSettings): Promise<FinishedRun>;
  resize(size: number): void;
  rows(): WorkerRow[];
  stop(): void;
}

/** What came of a batch; one that was merely interrupted is run again. */
export type FinishedRun = Exclude<Run, { kind: "interrupted" }>;

interface Slot {
  id: number;
  worker: WorkerHandle;
  state: WorkerRow["state"];
  since: number;
  batches: number;
  articles: number;
  /** Outlives the worker: its successor counts on. */
  tally: { processed: number; failed: number; busyMs: number };
}

export function createWorkerRoster(options: RosterOptions): WorkerRoster {
  const slots = new Map<number, Slot>();
  const waiting: PromiseWithResolvers<Slot>[] = [];
  let wanted = options.size;
  let stopped = false;

  function fill() {
    for (let id = 1; id <= wanted; id++) {
      if (!slots.has(id)) start(id, { processed: 0, failed: 0, busyMs: 0 });
    }
  }

  function start(id: number, tally: Slot["tally"]) {
    const worker = startWorker(options);
    const slot: Slot = {
      id,
      worker,
      state: "starting",
      since: options.now(),
      batches: 0,
      articles: 0,
      tally,
    };
    slots.set(id, slot);
    worker.ready.then(() => {
      enter(slot, "idle");
      options.onChange({ kind: "started", id });
      serve();
    }, (error) => {
      if (slots.get(id) !== slot) return; // ended on purpose
      slots.delete(id);
      for (const { reject } of waiting.splice(0)) reject(error);
    });
  }

  function enter(slot: Slot, state: Slot["state"]) {
    slot.state = state;
    slot.since = options.now();
  }

  /** The worker with the least to do, if any has room. */
  function freeSlot(): Slot | null {
    let best: Slot | null = null;
    for (const slot of slots.values()) {
      if (slot.state === "starting" || slot.batches >= BATCHES_A_WORKER) continue;
      if (best === null || slot.batches < best.batches) best = slot;
    }
    return best;
  }

  function serve() {
    while (waiting.length > 0) {
      const slot = freeSlot();
      if (slot === null) return;
      slot.batches++;
      waiting.shift()?.resolve(slot);
    }
  }

  function reserve(): Promise<Slot> {
    if (stopped) return Promise.reject(new PoolStoppedError("Cannot compute: the pool is stopped"));
    fill();
    const turn = Promise.withResolvers<Slot>();
    waiting.push(turn);
    serve();
    return turn.promise;
  }

  async function runOn(slot: Slot, articles: RawArticle[], settings: ArticleSettings) {
    if (slot.state === "idle") enter(slot, "busy");
    slot.articles += articles.length;
    const run = await slot.worker.run(articles, settings);
    slot.articles -= articles.length;
    slot.batches--;
    if (slots.get(slot.id) !== slot) return run;
    if (run.kind === "done") count(slot.tally, run.computed);
    else replace(slot, run.kind === "lost" ? run.message : "it took too long over a batch");
    if (slot.batches === 0) leaveIdle(slot);
    serve();
    return run;
  }

  function leaveIdle(slot: Slot) {
    if (slots.get(slot.id) !== slot) return;
    enter(slot, "idle");
    if (slot.id > wanted) retire(slot);
  }

  function replace(slot: Slot, why: string) {
    remove(slot);
    options.onChange({ kind: "replaced", id: slot.id, why });
    if (slot.id <= wanted) start(slot.id, slot.tally);
  }

  function retire(slot: Slot) {
    remove(slot);
    options.onChange({ kind: "retired", id: slot.id });
  }

  function remove(slot: Slot) {
    slots.delete(slot.id);
    slot.worker.end();
  }

  fill();
  return {
    async ready() {
      await Promise.all(Array.from(slots.values(), ({ worker }) => worker.ready));
    },
    async run(articles, settings) {
      for (;;) {
        const run = await runOn(await reserve(), articles, settings);
        if (run.kind !== "interrupted") return run;
      }
    },
    resize(size) {
      wanted = size;
      if (stopped) return;
      fill();
      for (const slot of slots.values()) {
        if (slot.id > wanted && slot.batches === 0) retire(slot);
      }
    },
    rows: () => Array.from(slots.values(), toRow).sort((one, other) => one.id - other.id),
    stop() {
      stopped = true;
      for (const slot of slots.values()) remove(slot);
      for (const { reject } of waiting.splice(0)) {
        reject(new PoolStoppedError("Cannot compute: the pool is stopped"));
      }
    },
  };
}

function count(tally: Slot["tally"], { outcomes, cleanMs, annotateMs }: Computed) {
  const processed = outcomes.filter(({ kind }) => kind === "processed").length;
  tally.processed += processed;
  tally.failed += outcomes.length - processed;
  tally.busyMs += cleanMs + annotateMs;
}

function toRow({ id, state, since, articles, tally }: Slot): WorkerRow {
  const { processed, failed, busyMs } = tally;
  const averageMs = processed + failed > 0 ? busyMs / (processed + failed) : 0;
  return { id, state, since, articles, processed, failed, averageMs };
}
