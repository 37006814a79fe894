import { connectDatabase, type Database } from "../database/connect.ts";
import { createEventRecorder, type EventRecorder } from "../database/event_recorder.ts";
import { createLogKeeper, type LogKeeper } from "../database/log_keeper.ts";
import { putLogRows } from "../database/log_rows.ts";
import { prepareDatabase } from "../database/prerequisites.ts";
import { startRetention } from "../database/delete_expired.ts";
import type { Config } from "../runtime/config.ts";
import type { Log } from "../runtime/log.ts";
import { createServerClock, type ServerClock } from "../runtime/server_clock.ts";
import { type ClockWatch, createClockWatch } from "../status/clock_watch.ts";

interface StoreParts {
  log: Log;
  node: string;
  owner: AsyncDisposableStack;
}

interface Store {
  database: Database;
  clock: ServerClock;
  clockWatch: ClockWatch;
  events: EventRecorder;
  logKeeper: LogKeeper;
}

/**
 * Connects to the database, applies its migrations, and starts its services: the clock, the audit log, the
 * stored log, and retention. `owner` disposes of them. Throws an error that names unmet prerequisites.
 */
export async function connectStore(
  config: Config,
  { log, node, owner }: StoreParts,
): Promise<Store> {
  const { logger } = log;
  const database = owner.use(
    await connectDatabase({ url: config.databaseUrl, dataDir: config.dataDir }),
  );
  await prepareDatabase(database);
  const { sql } = database;
  const clock = createServerClock();
  const clockWatch = owner.use(createClockWatch({ sql, clock, logger }));
  await clockWatch.start();
  const logKeeper = owner.use(createLogKeeper({
    store: (rows) => putLogRows(sql, node, rows),
    now: clock.now,
    logger,
  }));
  log.keep(logKeeper.add);
  const events = createEventRecorder({ sql, node, logger });
  owner.defer(() => events.stop());
  const retention = {
    eventsDays: config.eventsDays,
    log: { days: config.logDays, rows: config.logMaxLines },
  };
  owner.use(startRetention(
    sql,
    retention,
    (error) => logger.error("Cannot delete expired rows: {error}", { error }),
  ));
  return { database, clock, clockWatch, events, logKeeper };
}
