import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/client.ts";
import { deleteOutbox, staleOutbox } from "../database/intake.ts";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";
import { emptyPlacement } from "./placement.ts";
import { recover } from "./recovery.ts";
import { catchUpTotals } from "./totals.ts";
import { type OutageWatch, untilReachable } from "./until_reachable.ts";

const ROUND_MS = 1_000;
/** An outbox row of a living node is gone long before this. */
const STALE_OUTBOX_MS = 10_000;
/** How long the totals may lack what a killed node had counted. */
const CATCH_UP_MS = 10_000;

export interface RescuerParts {
  sql: Sql;
  queue: Queue;
  logger: Logger;
  outages: OutageWatch;
  /** Told when ids have come back. */
  onRescued: () => void;
}

/** The part of a node that returns what others, or an earlier life of its own, left behind. */
export interface Rescuer {
  /** Rescues once, whole, before the node takes anything; waits out no outage. */
  round(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createRescuer(parts: RescuerParts): Rescuer {
  const stopping = new AbortController();
  let loop: Promise<void> | null = null;
  let caughtUpAt = -Infinity;

  async function round() {
    if (await parts.queue.coldEpoch() !== null) {
      const mine = await parts.queue.exclusively("recovery", async () => {
        const epoch = await parts.queue.coldEpoch();
        if (epoch !== null) await recover(parts, epoch);
      });
      if (mine) parts.onRescued();
    }
    for (const { node, ids } of await parts.queue.rescue()) {
      parts.logger.warning("Node {node} is gone; its {ids} articles wait again.", { node, ids });
      parts.onRescued();
    }
    await flushOutbox();
    if (performance.now() - caughtUpAt >= CATCH_UP_MS) {
      await catchUpTotals(parts);
      caughtUpAt = performance.now();
    }
  }

  async function flushOutbox() {
    for (const { id, articleIds } of await staleOutbox(parts.sql, STALE_OUTBOX_MS, 100)) {
      await parts.queue.place({ ...emptyPlacement(), pending: articleIds });
      await deleteOutbox(parts.sql, id);
      parts.logger.warning("{count} articles had not reached the queue; they have now.", {
        count: articleIds.length,
      });
      parts.onRescued();
    }
  }

  async function run() {
    while (!stopping.signal.aborted) {
      await sleep(ROUND_MS, stopping.signal);
      try {
        // Also the one who notices an outage while nothing is to be done.
        await untilReachable(round, stopping.signal, parts.outages);
      } catch (error) {
        if (stopping.signal.aborted) return;
        parts.logger.error("Cannot rescue: {error}", { error: toError(error) });
      }
    }
  }

  return {
    round,
    start() {
      loop ??= run();
    },
    async stop() {
      stopping.abort();
      await loop;
    },
  };
}
