import type { Logger } from "@logtape/logtape";
import type { Sql } from "../database/client.ts";
import { oldestPendingAt } from "../database/oldest.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { ProcessorStatus } from "./processor_status.ts";

const LOOK_MS = 2_000;

/** Knows since when the oldest pending article waits, for the node's report. */
export interface OldestWatch {
  /** Ms since the epoch; null while nothing waits. */
  at(): number | null;
  /** Looks again when something waits and the last look is two seconds old. */
  note(status: ProcessorStatus): void;
  /** Resolves when the last look is over. */
  stop(): Promise<void>;
}

export function watchOldest(sql: Sql, logger: Logger): OldestWatch {
  let at: number | null = null;
  let lookedAt = 0;
  let looking: Promise<void> | null = null;

  async function look() {
    try {
      at = await oldestPendingAt(sql);
    } catch (error) {
      // The outage itself is told by others; what was known last stands.
      if (!(error instanceof DatabaseUnreachableError)) {
        logger.error("Cannot see what has waited longest: {error}", { error: toError(error) });
      }
    } finally {
      looking = null;
    }
  }

  return {
    at: () => at,
    note({ queue_pending, in_flight, at: now, outages }) {
      if (queue_pending + in_flight === 0) at = null;
      else if (looking === null && outages === undefined && now - lookedAt >= LOOK_MS) {
        lookedAt = now;
        looking = look();
      }
    },
    async stop() {
      await looking;
    },
  };
}
