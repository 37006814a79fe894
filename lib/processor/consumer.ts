import type { Logger } from "@logtape/logtape";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import type { Outages } from "../runtime/outages.ts";
import { sleep } from "../runtime/sleep.ts";
import { whileReachable } from "../runtime/while_reachable.ts";
import type { ProcessorSettings } from "../wire/settings.ts";
import { createActiveSetReconciler } from "./active_set_reconciler.ts";
import type { BatchRunner } from "./batch.ts";

/**
 * The capacity of a node. It keeps the workers busy while a transaction waits for the disk, and lets the batches that
 * finish meanwhile be settled in one transaction.
 */
const BATCHES_PER_WORKER = 8;
/** The most articles in quarantine that do not count against the capacity, as a multiple of it. */
const MOST_QUARANTINED = 3;
/** The polling interval while the queue is empty. */
const IDLE_MS = 100;
/** The grace period of a graceful shutdown, after which unfinished articles are returned. */
const GRACE_MS = 10_000;

export interface ConsumerParts {
  node: string;
  queue: Queue;
  logger: Logger;
  settings: () => ProcessorSettings;
  /** Whether this node is paused. */
  paused: () => boolean;
  /** The number of articles in quarantine. */
  quarantined: () => number;
  runBatch: BatchRunner;
  outages: Outages;
  /** Called when the number of articles in flight has changed. */
  onChange: () => void;
}

/** The loop that takes batches while the desired state is running and capacity is free. */
export interface Consumer {
  start(): void;
  /** Wakes the loop immediately: the desired state changed, or articles arrived. */
  wake(): void;
  inFlight(): number;
  /** Stops taking, finishes articles in progress within the grace period, returns the others untried. */
  stop(): Promise<void>;
}

/**
 * Returns how many more articles a node may take. Articles in quarantine occupy no worker, so they do not count
 * against the capacity, up to a limit.
 */
export function freeCapacity(
  { capacity, inFlight, quarantined }: { capacity: number; inFlight: number; quarantined: number },
): number {
  return capacity - (inFlight - Math.min(quarantined, MOST_QUARANTINED * capacity));
}

/** Returns the number of articles to take now: a whole batch, or 0. */
function takeSize(parts: ConsumerParts, inFlight: number): number {
  const { enabled, concurrency, batch_size } = parts.settings();
  // During an outage nothing is taken; articles in progress wait for its end.
  if (!enabled || parts.paused() || parts.outages.away().length > 0) return 0;
  const capacity = concurrency * batch_size * BATCHES_PER_WORKER;
  const free = freeCapacity({ capacity, inFlight, quarantined: parts.quarantined() });
  return free >= batch_size ? batch_size : 0;
}

export function createConsumer(parts: ConsumerParts): Consumer {
  const { node, queue, logger, outages } = parts;
  const taking = new AbortController();
  const working = new AbortController();
  const batches = new Set<Promise<void>>();
  const inFlight = new Set<number>();
  /** Aborted to end the current sleep of the loop. */
  let sleeping = new AbortController();
  let loop: Promise<void> | null = null;
  const reconciler = createActiveSetReconciler(parts, taking.signal);

  function wake() {
    sleeping.abort();
  }

  async function takeAndStart() {
    while (!taking.signal.aborted) {
      sleeping = new AbortController();
      const signal = AbortSignal.any([sleeping.signal, taking.signal]);
      await reconciler.reconcileIfDue(inFlight);
      const size = takeSize(parts, inFlight.size);
      if (size === 0) {
        await sleep(1_000, signal);
        continue;
      }
      const ids = await whileReachable(() => queue.take(node, size), {
        signal: taking.signal,
        outages,
      });
      if (ids.length === 0) await sleep(IDLE_MS, signal);
      else {
        parts.logger.debug("take: {count} articles: {ids}", { count: ids.length, ids });
        startBatch(ids);
      }
    }
  }

  function startBatch(ids: number[]) {
    const unfinished = new Set(ids);
    for (const id of ids) inFlight.add(id);
    parts.onChange();

    function release(some: Iterable<number>) {
      for (const id of some) if (unfinished.delete(id)) inFlight.delete(id);
      parts.onChange();
      wake();
    }

    const batch = parts.runBatch(ids, { signal: working.signal, onSettled: release })
      .catch((error) => abandon(unfinished.size, toError(error)))
      .finally(() => {
        batches.delete(batch);
        release([...unfinished]);
      });
    batches.add(batch);
  }

  /** Handles an internal error, not caused by the articles: the next reconciliation requeues them. */
  async function abandon(count: number, error: Error) {
    if (working.signal.aborted) return;
    logger.error("Cannot finish a batch of {count} articles: {error}", { count, error });
    await sleep(1_000, taking.signal);
    reconciler.expedite();
  }

  async function supervise() {
    while (!taking.signal.aborted) {
      try {
        await takeAndStart();
      } catch (error) {
        if (taking.signal.aborted) return;
        logger.error("The consumer failed and continues: {error}", { error: toError(error) });
        await sleep(1_000, taking.signal);
      }
    }
  }

  return {
    start() {
      loop ??= supervise();
    },
    wake,
    inFlight: () => inFlight.size,
    async stop() {
      taking.abort();
      await loop;
      const grace = setTimeout(() => working.abort(), GRACE_MS);
      await Promise.all(batches);
      clearTimeout(grace);
    },
  };
}
