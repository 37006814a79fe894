import type { QuarantineOrder, QuarantineReply } from "../../workers/protocol.ts";
import { type ConfinedThreads, createConfinedThreads } from "./confined_thread.ts";
import { createSemaphore } from "./semaphore.ts";

/** Concurrent trials, which an article that is only slow passes quickly. */
const TRIALS = 2;
/** The time limit of a trial. */
const TRIAL_MS = 1_000;
/** Concurrent articles under the full time limit; each may occupy a core. */
const FULL_TERMS = 2;
/** The queue limit for the full time limit; beyond it, articles fail after their trial. */
const MOST_WAITING = 20;
/** The heap limit per article, in MB. */
const HEAP_MB = 512;
/** The margin after a thread's own limit before it is terminated; starting one is slow on a busy machine. */
const GRACE_MS = 30_000;

type ThreadEnd = QuarantineReply | { type: "lost"; message: string };

/**
 * The result of an article's quarantine, with its time limit. `lost` describes how the thread ended.
 */
export type Quarantined = ThreadEnd & { limitMs: number };

/** An article in quarantine, with its start time in ms since the epoch. */
export interface QuarantineRow {
  article: number;
  since: number;
}

export interface QuarantineOptions {
  /** Whether an earlier try of the article failed in quarantine. */
  quarantinedBefore: boolean;
  /** Terminates the article's thread when aborted. */
  signal: AbortSignal;
}

/** Computes suspicious articles with limited concurrency. */
export interface Quarantine {
  /** Computes an article; resolves when its thread has exited. Rejects with the signal's reason. */
  compute(order: QuarantineOrder, options: QuarantineOptions): Promise<Quarantined>;
  /** The articles that currently have a thread. */
  rows(): QuarantineRow[];
  /** The number of threads that ended because their article exceeded a limit. */
  exceeded(): number;
}

/**
 * Computes each suspicious article in a dedicated thread with limits of time and memory. A Web Worker would
 * not suffice: one that runs out of memory crashes the whole process.
 *
 * ```
 * suspect ──→ trial, 1 s ────→ full time limit ──→ fails
 *                │    └ too many wait: fails ↑
 *                ↓                           │
 *            processed    tried before ──────┘
 * ```
 *
 * So a sound article does not wait for others' full time limits, and the queue stays short whatever share of
 * the articles loops.
 */
export function createQuarantine(now: () => number): Quarantine {
  const threads = createConfinedThreads();
  const trials = createSemaphore(TRIALS);
  const fullTerms = createSemaphore(FULL_TERMS);
  const inside = new Set<QuarantineRow>();
  let exceeded = 0;

  async function run(order: QuarantineOrder, signal: AbortSignal): Promise<Quarantined> {
    signal.throwIfAborted();
    const row = { article: order.article.id, since: now() };
    inside.add(row);
    try {
      const end = await computeInThread(threads, order, signal);
      if (end.type !== "done" && !signal.aborted) exceeded++;
      return { ...end, limitMs: order.limitMs };
    } finally {
      inside.delete(row);
    }
  }

  return {
    rows: () => [...inside],
    exceeded: () => exceeded,
    async compute(order, { quarantinedBefore, signal }) {
      const isLineFull = () => fullTerms.waiting() >= MOST_WAITING;
      if (!quarantinedBefore || isLineFull()) {
        const limitMs = Math.min(TRIAL_MS, order.limitMs);
        const result = await trials.use(() => run({ ...order, limitMs }, signal));
        const isFinal = result.type !== "overran" || limitMs === order.limitMs;
        if (isFinal || isLineFull()) return result;
      }
      return await fullTerms.use(() => run(order, signal));
    },
  };
}

async function computeInThread(
  threads: ConfinedThreads,
  order: QuarantineOrder,
  signal: AbortSignal,
): Promise<ThreadEnd> {
  let end: ThreadEnd | null = null;
  const thread = threads.start<QuarantineReply>("quarantine", {
    data: order,
    heapMb: HEAP_MB,
    onMessage: (reply) => end ??= reply,
  });
  const terminate = (message: string) => {
    end ??= { type: "lost", message };
    thread.terminate();
  };
  const overdue = setTimeout(() => terminate("it does not stop"), order.limitMs + GRACE_MS);
  const abort = () => terminate("it was stopped");
  signal.addEventListener("abort", abort);
  const why = await thread.ended;
  clearTimeout(overdue);
  signal.removeEventListener("abort", abort);
  return end ?? { type: "lost", message: why };
}
