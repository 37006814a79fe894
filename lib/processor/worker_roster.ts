import type { RawArticle } from "../article/article.ts";
import type { ArticleSettings } from "../article/article_settings.ts";
import {
  type Run,
  startWorker as startWebWorker,
  type WorkerHandle,
  type WorkerHandleOptions,
} from "./worker_handle.ts";
import { createPartQueue } from "./part_queue.ts";
import { countRun, createSlot, type Slot, toRow, type WorkerRow } from "./worker_slot.ts";

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

/** The number of replaced workers, and how long their successors took to start. */
export interface Restarts {
  count: number;
  /** Milliseconds, total over the workers. */
  ms: number;
}

/** The result of a part; an unstarted one is run again. */
export type FinishedRun = Exclude<Run, { kind: "unstarted" }>;

/** Starts, feeds, replaces and terminates the workers. */
export class WorkerRoster {
  readonly #options: RosterOptions;
  readonly #startWorker: (options: WorkerHandleOptions) => WorkerHandle;
  readonly #slots = new Map<number, Slot>();
  /** Replaced workers that finish what they have. */
  readonly #draining = new Set<Slot>();
  /** The successor that is starting, one at a time. */
  #successor: WorkerHandle | null = null;
  readonly #parts = createPartQueue({
    slots: () => this.#slots.values(),
    // Behind a part that may have many loops, another one would wait for long.
    partsPerWorker: () => this.#options.computesSingly() ? 1 : PARTS_PER_WORKER,
  });
  readonly #restarts: Restarts = { count: 0, ms: 0 };
  #size: number;
  /** Resolves when the missing workers have started; rejects if one cannot. */
  #growth: Promise<void> | null = null;
  #isStopped = false;

  /** Starts the workers without waiting for them. */
  constructor(options: RosterOptions) {
    this.#options = options;
    this.#startWorker = options.startWorker ?? startWebWorker;
    this.#size = options.size;
    for (const id of this.#missing()) this.#startNew(id).catch(() => {});
  }

  /** Resolves when all workers have started; rejects with `WorkerStartError`. */
  async ready(): Promise<void> {
    await Promise.all(Array.from(this.#slots.values(), ({ worker }) => worker.ready));
    await this.#growth;
  }

  /**
   * Runs a part on the next free worker, `ahead` of the queue or at its end. A worker that ended is replaced; one
   * that interrupted several articles continues until its successor has started. Rejects with `WorkerStartError` when
   * no worker can be started, and with `PoolStoppedError` after `stop`.
   */
  async run(
    articles: RawArticle[],
    settings: ArticleSettings,
    { ahead }: { ahead: boolean },
  ): Promise<FinishedRun> {
    for (let isRepeated = false;; isRepeated = true) {
      if (this.#isStopped) throw new PoolStoppedError("Cannot compute: the pool is stopped");
      this.#grow();
      const slot = await this.#parts.acquire(ahead || isRepeated);
      const run = await this.#runOn(slot, articles, settings);
      if (run.kind !== "unstarted") return run;
    }
  }

  /** Sets the number of workers. Missing ones start in the background, one after the other. */
  resize(size: number): void {
    this.#size = size;
    if (this.#isStopped) return;
    this.#grow();
    for (const slot of this.#slots.values()) {
      if (slot.id > size && slot.parts === 0) this.#retire(slot);
    }
  }

  rows(): WorkerRow[] {
    return Array.from(this.#slots.values(), toRow).sort((one, other) => one.id - other.id);
  }

  restarts(): Restarts {
    return { ...this.#restarts };
  }

  /** Terminates all workers immediately, and rejects the waiting parts. */
  stop(): void {
    this.#isStopped = true;
    for (const slot of this.#slots.values()) this.#remove(slot);
    for (const slot of this.#draining) this.#endDrained(slot);
    this.#successor?.end();
    this.#parts.rejectAll(new PoolStoppedError("Cannot compute: the pool is stopped"));
  }

  *#missing(): Generator<number> {
    for (let id = 1; id <= this.#size; id++) if (!this.#slots.has(id)) yield id;
  }

  /** Starts the missing workers in the background. */
  #grow() {
    this.#growth ??= this.#startMissing().finally(() => this.#growth = null);
    // Of a worker that fails, the parts that wait were rejected; the next one starts it again.
    this.#growth.catch(() => {});
  }

  /** Starts the missing workers one after the other: each start blocks this thread for a tenth of a second. */
  async #startMissing(): Promise<void> {
    while (!this.#isStopped) {
      const [id] = this.#missing();
      if (id === undefined) return;
      const size = this.#size;
      await this.#startNew(id).catch((error) => {
        // A worker may be retired while it starts.
        if (this.#size === size) throw error;
      });
    }
  }

  #startNew(id: number): Promise<void> {
    return this.#start(id, { processed: 0, failed: 0, busyMs: 0 });
  }

  #start(id: number, tally: Slot["tally"]): Promise<void> {
    const worker = this.#startWorker(this.#options);
    const slot = this.#addSlot(id, worker, tally);
    worker.ready.then(() => this.#markReady(slot), (error) => {
      if (this.#slots.get(id) !== slot) return; // terminated deliberately
      this.#slots.delete(id);
      this.#parts.rejectAll(error);
    });
    return worker.ready;
  }

  #addSlot(id: number, worker: WorkerHandle, tally: Slot["tally"]): Slot {
    const slot = createSlot({ id, worker, tally, since: this.#options.now() });
    this.#slots.set(id, slot);
    return slot;
  }

  #markReady(slot: Slot) {
    this.#setState(slot, "idle");
    this.#options.onChange({ kind: "started", id: slot.id });
    this.#parts.dispatch();
  }

  #setState(slot: Slot, state: Slot["state"]) {
    slot.state = state;
    slot.since = this.#options.now();
  }

  async #runOn(slot: Slot, articles: RawArticle[], settings: ArticleSettings): Promise<Run> {
    if (slot.state === "idle") this.#setState(slot, "busy");
    slot.articles += articles.length;
    const singly = this.#options.computesSingly();
    const run = await slot.worker.run(articles, settings, { singly });
    slot.articles -= articles.length;
    slot.parts--;
    if (run.kind === "done") countRun(slot, run.computed);
    if (this.#slots.get(slot.id) !== slot) {
      if (slot.parts === 0) this.#endDrained(slot);
      return run;
    }
    if (run.kind === "lost") this.#replace(slot, run.message);
    if (run.kind === "done") slot.interrupted += run.suspects.length;
    if (slot.interrupted >= MOST_INTERRUPTED) void this.#replaceOnceReady(slot);
    if (slot.parts === 0) this.#markIdle(slot);
    this.#parts.dispatch();
    return run;
  }

  #markIdle(slot: Slot) {
    if (this.#slots.get(slot.id) !== slot) return;
    this.#setState(slot, "idle");
    if (slot.id > this.#size) this.#retire(slot);
  }

  #replace(slot: Slot, why: string) {
    this.#remove(slot);
    this.#options.onChange({ kind: "replaced", id: slot.id, why });
    this.#restarts.count++;
    if (slot.id > this.#size) return;
    const began = this.#options.now();
    this.#start(slot.id, slot.tally).then(
      () => this.#restarts.ms += this.#options.now() - began,
      () => {},
    );
  }

  /** Starts a successor, and puts it in the place of a worker that continues until then. */
  async #replaceOnceReady(slot: Slot) {
    if (this.#successor !== null || slot.id > this.#size) return;
    const worker = this.#successor = this.#startWorker(this.#options);
    const began = this.#options.now();
    const isReady = await worker.ready.then(() => true, () => false);
    this.#successor = null;
    // A worker that cannot be replaced now continues, and was perhaps lost or retired in the meantime.
    if (!isReady || this.#slots.get(slot.id) !== slot) return worker.end();
    this.#restarts.count++;
    this.#restarts.ms += this.#options.now() - began;
    const why = `it interrupted ${slot.interrupted} articles`;
    this.#options.onChange({ kind: "replaced", id: slot.id, why });
    this.#draining.add(slot);
    this.#markReady(this.#addSlot(slot.id, worker, slot.tally));
    if (slot.parts === 0) this.#endDrained(slot);
  }

  #endDrained(slot: Slot) {
    this.#draining.delete(slot);
    slot.worker.end();
  }

  #retire(slot: Slot) {
    this.#remove(slot);
    this.#options.onChange({ kind: "retired", id: slot.id });
  }

  #remove(slot: Slot) {
    this.#slots.delete(slot.id);
    slot.worker.end();
  }
}
