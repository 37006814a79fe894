import type { Logger } from "@logtape/logtape";
import { databaseTime } from "../database/database_time.ts";
import type { Sql } from "../database/postgres_client.ts";
import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { ServerClock } from "../runtime/server_clock.ts";
import { sleep } from "../runtime/sleep.ts";

const ROUND_MS = 10_000;
/** The allowed clock skew. */
const TOLERATED_MS = 3_000;

export interface ClockSkewWatchParts {
  sql: Sql;
  clock: ServerClock;
  logger: Logger;
}

/** Synchronizes a node's clock with the database's, and measures the machine's clock skew. */
export interface ClockSkewWatch extends AsyncDisposable {
  /** Synchronizes once. Throws `DatabaseUnreachableError`. */
  start(): Promise<void>;
  /** The clock skew of this machine in ms (positive: ahead) if more than 3 s, else null. */
  offMs(): number | null;
}

/**
 * Synchronizes the clock with the database's at the start and every 10 s. Logs when excessive clock skew
 * starts and ends; nothing is scheduled by the machine's clock.
 */
export function createClockSkewWatch({ sql, clock, logger }: ClockSkewWatchParts): ClockSkewWatch {
  const stopping = new AbortController();
  let watching: Promise<void> | null = null;
  let off: number | null = null;

  async function round() {
    await clock.set(() => databaseTime(sql));
    const skew = clock.skewMs();
    const before = off;
    off = Math.abs(skew) > TOLERATED_MS ? skew : null;
    if (off !== null && before === null) {
      logger.warning(
        off > 0
          ? "This machine's clock is {seconds} s ahead of the database's. Times are taken from the database; set the clock, for example by NTP."
          : "This machine's clock is {seconds} s behind the database's. Times are taken from the database; set the clock, for example by NTP.",
        { seconds: Math.round(Math.abs(off) / 1_000) },
      );
    }
    if (off === null && before !== null) logger.info("This machine's clock is correct again.");
  }

  async function watch() {
    while (!stopping.signal.aborted) {
      await sleep(ROUND_MS, stopping.signal);
      try {
        if (!stopping.signal.aborted) await round();
      } catch (error) {
        // `pingServers` reports outages.
        if (error instanceof DatabaseUnreachableError) continue;
        logger.error("Cannot read the time of the database: {error}", { error: toError(error) });
      }
    }
  }

  return {
    async start() {
      await round();
      watching ??= watch();
    },
    offMs: () => off,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await watching;
    },
  };
}
