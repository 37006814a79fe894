import { DatabaseUnreachableError, toError } from "../runtime/errors.ts";
import type { Sql } from "./postgres_client.ts";
import { deleteOldEvents } from "./events.ts";
import { deleteOldFailureChanges } from "./failure_changes.ts";
import { deleteLogRows, expiredLogTime, type LogRetention } from "./log_rows.ts";
import { deleteIdleSessions } from "./stored_sessions.ts";

const ROUND_MS = 60_000;
/** Rows that are kept for days are checked once in this many rounds. */
const HOURLY = 60;
/** The log may grow faster than by its age. */
const LOG_ROUNDS = 10;
const STEP = 5_000;

/** What is kept for how long. */
export interface Retention {
  eventsDays: number;
  log: LogRetention;
}

/**
 * Deletes expired rows in steps: failure changes each minute; the log every ten minutes; events older than a number
 * of days, and idle sessions, immediately and then hourly.
 */
export function startRetention(
  sql: Sql,
  { eventsDays, log }: Retention,
  onError: (error: Error) => void,
): AsyncDisposable {
  let stopped = false;
  let rounds = 0;
  let round: Promise<void> | null = null;

  async function inSteps(deleteStep: () => Promise<number>) {
    while (!stopped && await deleteStep() === STEP);
  }

  async function deleteOld() {
    try {
      await inSteps(() => deleteOldFailureChanges(sql, STEP));
      const round = rounds++;
      if (round % LOG_ROUNDS === 0) {
        const until = await expiredLogTime(sql, log);
        await inSteps(() => deleteLogRows(sql, until, STEP));
      }
      if (round % HOURLY > 0) return;
      await deleteIdleSessions(sql);
      await inSteps(() => deleteOldEvents(sql, eventsDays, STEP));
    } catch (error) {
      if (!(error instanceof DatabaseUnreachableError)) onError(toError(error));
    } finally {
      round = null;
    }
  }

  round = deleteOld();
  const timer = setInterval(() => round ??= deleteOld(), ROUND_MS);
  return {
    async [Symbol.asyncDispose]() {
      stopped = true;
      clearInterval(timer);
      await round;
    },
  };
}
