import { Worker as Thread } from "node:worker_threads";
import { toError } from "../runtime/errors.ts";
import type { QuarantineOrder, QuarantineReply } from "../../workers/protocol.ts";

/** Articles that may be in quarantine at once; each may keep a core busy. */
const PLACES = 2;
/** JavaScript heap, in MB, that an article may fill. */
const HEAP_MB = 512;
/** How much later than its own limit a thread is given up. */
const GRACE_MS = 5_000;

/** How an article's quarantine ended. `lost` says what became of the thread. */
export type Quarantined = QuarantineReply | { type: "lost"; message: string };

/** An article in quarantine, and since when, ms since the epoch. */
export interface QuarantineRow {
  article: number;
  since: number;
}

/** Where suspicious articles are computed, a few at a time. */
export interface Quarantine {
  /** Computes an article; resolves when its thread has ended, which `signal` makes it do. */
  compute(order: QuarantineOrder, signal: AbortSignal): Promise<Quarantined>;
  /** The articles that have a thread now. */
  rows(): QuarantineRow[];
}

/**
 * A place for suspicious articles: each is computed in a thread of its own, under limits of time and of
 * memory. A Web Worker would not do: one that runs out of memory takes the whole process along.
 */
export function createQuarantine(now: () => number): Quarantine {
  const waiting: (() => void)[] = [];
  const inside = new Set<QuarantineRow>();
  let free = PLACES;

  async function enter() {
    if (free > 0) free--;
    else await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function leave() {
    const next = waiting.shift();
    if (next) next();
    else free++;
  }

  return {
    rows: () => [...inside],
    async compute(order, signal) {
      await enter();
      const row = { article: order.article.id, since: now() };
      inside.add(row);
      try {
        signal.throwIfAborted();
        return await computeInThread(order, signal);
      } finally {
        inside.delete(row);
        leave();
      }
    },
  };
}

function computeInThread(order: QuarantineOrder, signal: AbortSignal): Promise<Quarantined> {
  const { promise, resolve } = Promise.withResolvers<Quarantined>();
  const thread = new Thread(new URL("../../workers/quarantine_worker.ts", import.meta.url), {
    workerData: order,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  let end: Quarantined | null = null;
  const terminate = (message: string) => {
    end ??= { type: "lost", message };
    thread.terminate();
  };
  const overdue = setTimeout(() => terminate("it does not stop"), order.limitMs + GRACE_MS);
  const abort = () => terminate("it was stopped");
  signal.addEventListener("abort", abort);

  thread.on("message", (reply: QuarantineReply) => end ??= reply);
  thread.on("error", (error) => end ??= { type: "lost", message: toError(error).message });
  thread.on("exit", (code) => {
    clearTimeout(overdue);
    signal.removeEventListener("abort", abort);
    resolve(end ?? { type: "lost", message: `it ended with code ${code}` });
  });
  return promise;
}
