import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/postgres_client.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import { deleteOutbox, staleOutbox } from "../database/outbox.ts";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";
import { findDrift } from "./queue_drift.ts";
import { emptyPlacement } from "./placement.ts";
import { rebuildQueue } from "./rebuild_queue.ts";
import { catchUpTotals } from "./catch_up_totals.ts";
import { type OutageWatch, whileReachable } from "../runtime/while_reachable.ts";

const ROUND_MS = 1_000;
/** The pause while another node reconciles the queue. */
const WAIT_MS = 200;
/** The age at which an outbox row counts as orphaned; a live node deletes its rows much earlier. */
const STALE_OUTBOX_MS = 10_000;
/** The interval of correcting the totals for counts of killed nodes. */
const CATCH_UP_MS = 10_000;

export interface RescuerParts {
  sql: Sql;
  queue: Queue;
  logger: Logger;
  events: Pick<EventRecorder, "record">;
  outages: OutageWatch;
  /** The cluster's day, `YYYYMMDD`, a number of days ago. */
  day: (daysAgo: number) => string;
  /** Called when ids were returned to pending. */
  onRescued: () => void;
}

/** Requeues ids that dead nodes, or a previous run of this node, left active. */
export interface Rescuer {
  /** Runs once before the node takes anything; does not wait for the end of an outage. */
  round(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
}

export function createRescuer(parts: RescuerParts): Rescuer {
  const stopping = new AbortController();
  let loop: Promise<void> | null = null;
  let caughtUpAt = -Infinity;

  async function round() {
    await reconcile();
    for (const { node, ids } of await parts.queue.rescue()) {
      parts.logger.warning("Node {node} is lost; its {ids} articles are pending again.", {
        node,
        ids,
      });
      const counts = { articles: ids };
      void parts.events.record({ kind: "node_taken_over", subject: node, counts });
      parts.onRescued();
    }
    await flushOutbox();
    if (performance.now() - caughtUpAt >= CATCH_UP_MS) {
      await catchUpTotals(parts);
      caughtUpAt = performance.now();
    }
  }

  async function reconcile() {
    for (;;) {
      const drift = await findDrift(parts);
      if (drift === null) return;
      const mine = await parts.queue.withLock("recovery", async () => {
        const still = await findDrift(parts);
        if (still !== null) await rebuildQueue(parts, still);
      });
      if (mine) parts.onRescued();
      // A cold queue only lacks ids; one that is ahead of Postgres has ids that must not be taken.
      if (mine || drift.restored === null || stopping.signal.aborted) return;
      await sleep(WAIT_MS, stopping.signal);
    }
  }

  async function flushOutbox() {
    let count = 0;
    for (const { id, articleIds } of await staleOutbox(parts.sql, STALE_OUTBOX_MS, 100)) {
      const commits = { note: id };
      await parts.queue.place({ ...emptyPlacement(), pending: articleIds, commits });
      await deleteOutbox(parts.sql, id);
      count += articleIds.length;
      parts.onRescued();
    }
    if (count > 0) {
      parts.logger.warning(
        "Queued {count} articles from the outbox that were missing in the queue.",
        { count },
      );
    }
  }

  async function run() {
    while (!stopping.signal.aborted) {
      await sleep(ROUND_MS, stopping.signal);
      try {
        // This also detects an outage while the node is idle.
        await whileReachable(round, { signal: stopping.signal, outages: parts.outages });
      } catch (error) {
        if (stopping.signal.aborted) return;
        parts.logger.error("Cannot requeue the articles of lost nodes: {error}", {
          error: toError(error),
        });
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
