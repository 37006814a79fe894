import type { Logger } from "@logtape/logtape";
import type { Queue } from "../queue/queue.ts";
import type { Outages } from "../runtime/outages.ts";
import { whileReachable } from "../runtime/while_reachable.ts";

/** The interval of the reconciliation; it also follows each outage. */
const RECONCILE_MS = 60_000;

export interface ActiveSetReconcilerParts {
  node: string;
  queue: Pick<Queue, "reconcile">;
  logger: Logger;
  outages: Outages;
}

/** Compares a node's active set in the queue with the articles that it processes. */
export interface ActiveSetReconciler {
  /**
   * Requeues active ids that are not in progress: those of a lost reply or an abandoned batch. Called only between two
   * takes, with which it would race.
   */
  reconcileIfDue(inProgress: Iterable<number>): Promise<void>;
  /** Makes the next reconciliation due. */
  expedite(): void;
}

export function createActiveSetReconciler(
  { node, queue, logger, outages }: ActiveSetReconcilerParts,
  signal: AbortSignal,
): ActiveSetReconciler {
  let last = { at: performance.now(), outages: 0 };

  function isDue(): boolean {
    if (outages.away().length > 0) return false;
    return outages.count() > last.outages || performance.now() - last.at >= RECONCILE_MS;
  }

  return {
    async reconcileIfDue(inProgress) {
      if (!isDue()) return;
      const outagesBefore = outages.count();
      const returned = await whileReachable(() => queue.reconcile(node, [...inProgress]), {
        signal,
        outages,
      });
      last = { at: performance.now(), outages: outagesBefore };
      if (returned === 0) return;
      logger.warning("{count} active articles were not being processed; they are pending again.", {
        count: returned,
      });
    },
    expedite() {
      last.at = -Infinity;
    },
  };
}
