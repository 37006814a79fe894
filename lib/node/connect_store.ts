import type { Logger } from "@logtape/logtape";
import { connectDatabase, type Database } from "../database/connect.ts";
import { createEventRecorder, type EventRecorder } from "../database/event_recorder.ts";
import { createLogKeeper, type LogKeeper } from "../database/log_keeper.ts";
import { putLogRows } from "../database/log_rows.ts";
import { prepareDatabase } from "../database/prerequisites.ts";
import { startRetention } from "../database/delete_expired.ts";
import type { Config } from "../runtime/config.ts";
import type { Log } from "../runtime/log.ts";
import { createDataFolder } from "../runtime/data_folder.ts";
import { createServerClock, type ServerClock } from "../runtime/server_clock.ts";
import { PREDECESSOR_S } from "../runtime/take_over.ts";
import { type ClockSkewWatch, createClockSkewWatch } from "../status/clock_skew_watch.ts";

interface StoreParts {
  log: Log;
  database: Database;
  node: string;
  owner: AsyncDisposableStack;
}

/** The services of the database. */
export interface Store {
  clock: ServerClock;
  clockSkewWatch: ClockSkewWatch;
  events: EventRecorder;
  logKeeper: LogKeeper;
}

/** Creates `DATA_DIR` and opens the configured database; logs what it waits for. */
export async function openDatabase(
  { databaseUrl, dataDir }: Config,
  logger: Logger,
): Promise<Database> {
  await createDataFolder(dataDir);
  return await connectDatabase({
    url: databaseUrl,
    dataDir,
    onError: (error) => logger.error("Cannot maintain the embedded Postgres: {error}", { error }),
    onWait: () =>
      logger.info(
        "Waiting up to {seconds} s for the process of Millrace that uses {folder}: it may be stopping.",
        { seconds: PREDECESSOR_S, folder: dataDir },
      ),
  });
}

/**
 * Applies the database's migrations, and starts its services: the clock, the audit log, the stored log, and
 * retention. `owner` disposes of them. Throws an error that names unmet prerequisites.
 */
export async function connectStore(
  config: Config,
  { log, database, node, owner }: StoreParts,
): Promise<Store> {
  const { logger } = log;
  await prepareDatabase(database);
  const { sql } = database;
  const clock = createServerClock();
  const clockSkewWatch = owner.use(createClockSkewWatch({ sql, clock, logger }));
  await clockSkewWatch.start();
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
  return { clock, clockSkewWatch, events, logKeeper };
}
