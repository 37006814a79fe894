import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/postgres_client.ts";
import { oldestPendingAt } from "../database/oldest_pending.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";

const POLL_MS = 2_000;

/** Tracks since when the oldest pending article has waited, for the node's report. */
export interface OldestPendingWatch {
  /** Ms since the epoch; null while nothing is pending. */
  at(): number | null;
  /** Queries again if something is pending and the last query is two seconds old. */
  note(status: ProcessorStatus): void;
  /** Resolves when the last query has finished. */
  stop(): Promise<void>;
}

export function watchOldestPending(sql: Sql, logger: Logger): OldestPendingWatch {
  let at: number | null = null;
  let polledAt = 0;
  let polling: Promise<void> | null = null;

  async function poll() {
    try {
      at = await oldestPendingAt(sql);
    } catch (error) {
      // `pingServers` reports outages; the last known value remains.
      if (!(error instanceof DatabaseUnreachableError)) {
        logger.error("Cannot read the oldest pending article: {error}", { error: toError(error) });
      }
    } finally {
      polling = null;
    }
  }

  return {
    at: () => at,
    note({ queue_pending, in_flight, at: now, outages }) {
      if (queue_pending + in_flight === 0) at = null;
      else if (polling === null && outages === undefined && now - polledAt >= POLL_MS) {
        polledAt = now;
        polling = poll();
      }
    },
    async stop() {
      await polling;
    },
  };
}
