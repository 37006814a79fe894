import { leastLoaded, type Slot } from "./worker_slot.ts";

export interface PartQueueOptions {
  /** The workers, which also change between calls. */
  slots: () => Iterable<Slot>;
  /** The number of parts that a worker may have at a time. */
  partsPerWorker: () => number;
}

/** The parts that wait for a worker. */
export interface PartQueue {
  /** Resolves with the worker that gets the part: `ahead` of the waiting ones, or behind them. */
  acquire(ahead: boolean): Promise<Slot>;
  /** Assigns waiting parts to workers that can take one; called when a worker has started or finished a part. */
  dispatch(): void;
  /** Rejects each waiting part. */
  rejectAll(error: Error): void;
}

export function createPartQueue({ slots, partsPerWorker }: PartQueueOptions): PartQueue {
  const waiting: PromiseWithResolvers<Slot>[] = [];

  function dispatch() {
    while (waiting.length > 0) {
      const slot = leastLoaded(slots(), partsPerWorker());
      if (slot === null) return;
      slot.parts++;
      waiting.shift()?.resolve(slot);
    }
  }

  return {
    acquire(ahead) {
      const turn = Promise.withResolvers<Slot>();
      if (ahead) waiting.unshift(turn);
      else waiting.push(turn);
      dispatch();
      return turn.promise;
    },
    dispatch,
    rejectAll(error) {
      for (const { reject } of waiting.splice(0)) reject(error);
    },
  };
}
