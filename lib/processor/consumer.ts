import type { Logger } from "@logtape/logtape";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";
import type { BatchRunner } from "./batch.ts";
import type { Outages } from "./outages.ts";
import { emptyPlacement } from "./placement.ts";
import { untilReachable } from "./until_reachable.ts";
import type { ProcessorSettings } from "./settings.ts";

/**
 * Deep enough that the workers go on while a transaction waits for the disk, and that what finishes
 * meanwhile is settled in one transaction.
 */
const BATCHES_A_WORKER = 8;
const IDLE_MS = 100;
/** How long a stopping node works on before it gives back what is unfinished. */
const GRACE_MS = 10_000;

export interface ConsumerParts {
  node: string;
  queue: Queue;
  logger: Logger;
  settings: () => ProcessorSettings;
  /** Whether this node is to leave what is pending to others. */
  paused: () => boolean;
  runBatch: BatchRunner;
  outages: Outages;
  /** Told when the number of articles in flight has changed. */
  onChange: () => void;
}

/** The loop that takes batches for as long as the wish says so and there is room. */
export interface Consumer {
  start(): void;
  /** Looks again at once: the wish changed, or articles came in. */
  wake(): void;
  inFlight(): number;
  /** Stops to take, finishes what it has within the grace, gives the rest back untried. */
  stop(): Promise<void>;
}

export function createConsumer(parts: ConsumerParts): Consumer {
  const taking = new AbortController();
  const working = new AbortController();
  const batches = new Set<Promise<void>>();
  let nap = new AbortController();
  let inFlight = 0;
  let loop: Promise<void> | null = null;

  function wake() {
    nap.abort();
  }

  function room(): number {
    const { enabled, concurrency, batch_size } = parts.settings();
    // While a server is away nothing more is taken; what was taken waits for its return.
    if (!enabled || parts.paused() || parts.outages.away().length > 0) return 0;
    const free = concurrency * batch_size * BATCHES_A_WORKER - inFlight;
    return free >= batch_size ? batch_size : 0;
  }

  async function run() {
    while (!taking.signal.aborted) {
      nap = new AbortController();
      const signal = AbortSignal.any([nap.signal, taking.signal]);
      const max = room();
      if (max === 0) {
        await sleep(1_000, signal);
        continue;
      }
      const ids = await untilReachable(
        () => parts.queue.take(parts.node, max),
        taking.signal,
        parts.outages,
      );
      if (ids.length === 0) await sleep(IDLE_MS, signal);
      else work(ids);
    }
  }

  function work(ids: number[]) {
    const unfinished = new Set(ids);
    inFlight += ids.length;
    parts.onChange();

    function finish(some: Iterable<number>) {
      const before = unfinished.size;
      for (const id of some) unfinished.delete(id);
      inFlight -= before - unfinished.size;
      parts.onChange();
      wake();
    }

    const batch = parts.runBatch(ids, {
      signal: working.signal,
      watch: parts.outages,
      onSettled: finish,
    })
      .catch((error) => returnUntried([...unfinished], toError(error)))
      .finally(() => {
        batches.delete(batch);
        finish(unfinished);
      });
    batches.add(batch);
  }

  /** A fault of ours, not of the articles: they wait again, after a pause. */
  async function returnUntried(ids: number[], error: Error) {
    if (working.signal.aborted) return;
    parts.logger.error("A batch of {count} articles could not be finished: {error}", {
      count: ids.length,
      error,
    });
    await sleep(1_000, taking.signal);
    const placement = { ...emptyPlacement(), pending: ids };
    await untilReachable(
      () => parts.queue.settle(parts.node, placement, null),
      working.signal,
      parts.outages,
    ).catch((reason) =>
      parts.logger.error("They come back when this node stops: {reason}", {
        reason: toError(reason),
      })
    );
  }

  async function supervise() {
    while (!taking.signal.aborted) {
      try {
        await run();
      } catch (error) {
        if (taking.signal.aborted) return;
        parts.logger.error("The consumer stumbled and goes on: {error}", { error: toError(error) });
        await sleep(1_000, taking.signal);
      }
    }
  }

  return {
    start() {
      loop ??= supervise();
    },
    wake,
    inFlight: () => inFlight,
    async stop() {
      taking.abort();
      await loop;
      const grace = setTimeout(() => working.abort(), GRACE_MS);
      await Promise.all(batches);
      clearTimeout(grace);
    },
  };
}
