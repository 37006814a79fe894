import type { Logger } from "@logtape/logtape";
import { DatabaseUnreachableError, toError, UnexplainedRefusalError } from "../runtime/errors.ts";
import { createLineBuffer, type LogRow } from "../runtime/fold_repeated_lines.ts";
import { finishesWithin } from "../runtime/finishes_within.ts";
import type { LoggedLine } from "../wire/log_line.ts";

/** A batch per interval: at most a thousand rows per second. */
const FLUSH_MS = 500;
const BATCH = 500;
const RETRY_MS = 2_000;
/** The buffer size in rows; lines beyond it are only counted. */
const MOST_WAITING = 5_000;
/** The interval at which lost lines are reported. */
const REPORT_MS = 10_000;
/** Refusals without a clear cause after which the rows are the cause. */
const MOST_REFUSALS = 5;
/** The time limit of a stop for an unresponsive database. */
const STOP_MS = 1_000;

/** Stores the log of this node in the database, without delaying callers. */
export interface LogKeeper extends AsyncDisposable {
  /** Buffers a line, info and above; it is stored half a second later. */
  add(line: LoggedLine): void;
  /** Makes a last attempt to store the buffer, for at most a second. Idempotent. */
  stop(): Promise<void>;
}

export interface LogKeeperParts {
  /** Stores rows, those with a known `at` again; rejects like `run`. */
  store: (rows: readonly LogRow[]) => Promise<void>;
  /** The time by the database's clock, ms since the epoch. */
  now: () => number;
  logger: Logger;
}

/**
 * While the database is unreachable or too slow, lines are buffered with a limit; one log line, stored like
 * any other, reports those that do not fit. An error of the database is logged once until a write succeeds.
 */
export function createLogKeeper({ store, now, logger }: LogKeeperParts): LogKeeper {
  const buffer = createLineBuffer({ most: MOST_WAITING });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> | null = null;
  let inFlight: readonly LogRow[] = [];
  let stopped: Promise<void> | null = null;
  let refusals = 0;
  let isBroken = false;
  let reportedAt = -Infinity;

  function schedule() {
    if (timer !== undefined || writing !== null || stopped !== null || buffer.size() === 0) return;
    timer = setTimeout(() => {
      timer = undefined;
      void write().then(schedule);
    }, refusals > 0 ? RETRY_MS : FLUSH_MS);
  }

  function write(): Promise<void> {
    return writing ??= writeBatch().finally(() => writing = null);
  }

  async function writeBatch() {
    const rows = buffer.take(BATCH);
    inFlight = rows;
    // Here, the buffer has room for the line, and the database is reachable.
    if (refusals === 0) reportLost(now() - reportedAt >= REPORT_MS);
    try {
      await store(rows);
      refusals = 0;
      isBroken = false;
    } catch (thrown) {
      refused(rows, toError(thrown));
    } finally {
      inFlight = [];
    }
  }

  function refused(rows: readonly LogRow[], error: Error) {
    refusals++;
    const isUnclear = error instanceof UnexplainedRefusalError && refusals >= MOST_REFUSALS;
    if (error instanceof DatabaseUnreachableError && !isUnclear) return buffer.giveBack(rows);
    buffer.lose(rows);
    if (!isBroken) logger.error("Cannot store the log: {error}", { error });
    isBroken = true;
  }

  function reportLost(isDue: boolean) {
    const lost = isDue ? buffer.takeLost() : null;
    if (lost === null) return;
    reportedAt = now();
    logger.warning("Dropped {count} log lines from {from} to {to}.", {
      count: lost.count,
      from: new Date(lost.from).toISOString(),
      to: new Date(lost.to).toISOString(),
    });
  }

  async function writeRest() {
    await writing;
    while (buffer.size() > 0 && refusals === 0) await write();
  }

  async function stop() {
    clearTimeout(timer);
    const isDone = await finishesWithin(STOP_MS, writeRest());
    if (!isDone) buffer.lose(inFlight);
    buffer.lose(buffer.take(Infinity));
    reportLost(true);
  }

  return {
    add(line) {
      if (stopped !== null || line.level === "debug") return;
      // The time since it was logged is measured by the machine's clock.
      buffer.add(line, now() - Math.max(0, Date.now() - Date.parse(line.timestamp)));
      schedule();
    },
    stop: () => stopped ??= stop(),
    [Symbol.asyncDispose]: () => stopped ??= stop(),
  };
}
