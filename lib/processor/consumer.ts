import type { Logger } from "@logtape/logtape";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import type { Outages } from "../runtime/outages.ts";
import { sleep } from "../runtime/sleep.ts";
import { whileReachable } from "../runtime/while_reachable.ts";
import type { ProcessorSettings } from "../wire/settings.ts";
import type { BatchRunner } from "./batch.ts";

/**
 * Deep enough that the workers stay busy while a transaction waits for the disk, and that batches that finish
 * in the meantime are settled in one transaction.
 */
const BATCHES_A_WORKER = 8;
/** So many articles in quarantine, as a multiple of those that keep the workers busy, leave the room of others. */
const MOST_QUARANTINED = 3;
const IDLE_MS = 100;
/** The grace period of a graceful shutdown, after which unfinished articles are returned. */
const GRACE_MS = 10_000;
/** The interval at which the active set is reconciled with the articles in progress; also after each outage. */
const RECONCILE_MS = 60_000;

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
 * How many articles more a node may hold beside `held` ones. Those in quarantine occupy no worker, so they do not count,
 * up to a limit of what a node holds.
 */
export function freeRoom(
  { most, held, quarantined }: { most: number; held: number; quarantined: number },
): number {
  return most - (held - Math.min(quarantined, MOST_QUARANTINED * most));
}

export function createConsumer(parts: ConsumerParts): Consumer {
  const { node, queue, logger, outages } = parts;
  const taking = new AbortController();
  const working = new AbortController();
  const batches = new Set<Promise<void>>();
  const inHand = new Set<number>();
  let nap = new AbortController();
  let loop: Promise<void> | null = null;
  let reconciled = { at: performance.now(), outages: 0 };

  function wake() {
    nap.abort();
  }

  function room(): number {
    const { enabled, concurrency, batch_size } = parts.settings();
    // During an outage nothing is taken; articles in progress wait for its end.
    if (!enabled || parts.paused() || outages.away().length > 0) return 0;
    const most = concurrency * batch_size * BATCHES_A_WORKER;
    const free = freeRoom({ most, held: inHand.size, quarantined: parts.quarantined() });
    return free >= batch_size ? batch_size : 0;
  }

  async function run() {
    while (!taking.signal.aborted) {
      nap = new AbortController();
      const signal = AbortSignal.any([nap.signal, taking.signal]);
      if (isReconcileDue()) await reconcile();
      const max = room();
      if (max === 0) {
        await sleep(1_000, signal);
        continue;
      }
      const ids = await whileReachable(() => queue.take(node, max), {
        signal: taking.signal,
        outages,
      });
      if (ids.length === 0) await sleep(IDLE_MS, signal);
      else {
        parts.logger.debug("take: {count} articles: {ids}", { count: ids.length, ids });
        work(ids);
      }
    }
  }

  function isReconcileDue(): boolean {
    if (outages.away().length > 0) return false;
    return outages.count() > reconciled.outages ||
      performance.now() - reconciled.at >= RECONCILE_MS;
  }

  /**
   * Returns active ids of this node that are not in progress, after a lost reply or an abandoned batch. No take
   * runs concurrently, since both happen in this loop.
   */
  async function reconcile() {
    const outagesBefore = outages.count();
    const returned = await whileReachable(() => queue.reconcile(node, [...inHand]), {
      signal: taking.signal,
      outages,
    });
    reconciled = { at: performance.now(), outages: outagesBefore };
    if (returned === 0) return;
    logger.warning("{count} articles were held without being in hand; they wait again.", {
      count: returned,
    });
  }

  function work(ids: number[]) {
    const unfinished = new Set(ids);
    for (const id of ids) inHand.add(id);
    parts.onChange();

    function finish(some: Iterable<number>) {
      for (const id of some) if (unfinished.delete(id)) inHand.delete(id);
      parts.onChange();
      wake();
    }

    const batch = parts.runBatch(ids, { signal: working.signal, onSettled: finish })
      .catch((error) => leaveUnfinished(unfinished.size, toError(error)))
      .finally(() => {
        batches.delete(batch);
        finish([...unfinished]);
      });
    batches.add(batch);
  }

  /** An internal error, not caused by the articles: the next reconciliation returns them untried. */
  async function leaveUnfinished(count: number, error: Error) {
    if (working.signal.aborted) return;
    logger.error("A batch of {count} articles could not be finished: {error}", { count, error });
    await sleep(1_000, taking.signal);
    reconciled.at = -Infinity;
  }

  async function supervise() {
    while (!taking.signal.aborted) {
      try {
        await run();
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
    inFlight: () => inHand.size,
    async stop() {
      taking.abort();
      await loop;
      const grace = setTimeout(() => working.abort(), GRACE_MS);
      await Promise.all(batches);
      clearTimeout(grace);
    },
  };
}
