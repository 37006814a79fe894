import type { Logger } from "@logtape/logtape";
import { type Access, openAccess } from "../auth/access.ts";
import type { Bus } from "../bus/bus.ts";
import type { Database } from "../database/connect.ts";
import { onStatement } from "../database/query.ts";
import { logMessage } from "../i18n/logs/word_line.ts";
import type { Queue } from "../queue/queue.ts";
import type { Config } from "../runtime/config.ts";
import { openLog } from "../runtime/log.ts";
import { createHistogram, type Histogram } from "../wire/histogram.ts";
import { claimName } from "./claim_name.ts";
import { connectBroker } from "./connect_broker.ts";
import { connectStore, openDatabase, type Store } from "./connect_store.ts";
import { takeNodeName } from "./node_name.ts";

/** The node's name, its log, its connections, and the services of the database. */
export interface Servers extends Store {
  /** Stable across restarts. */
  name: string;
  logger: Logger;
  database: Database;
  access: Access;
  queue: Queue;
  bus: Bus;
  /** The latency of Postgres and Redis, in seconds. */
  latency: { sql: Histogram; redis: Histogram };
}

/** Opens the log, the database, the name, the tokens and the broker, in this order. `owner` disposes of them. */
export async function connectServers(
  config: Config,
  owner: AsyncDisposableStack,
): Promise<Servers> {
  const log = owner.use(await openLog(config.logLevel, logMessage));
  const { logger } = log;
  const database = owner.use(await openDatabase(config, logger));
  // A predecessor on the embedded database has released its name by now.
  const { name, place } = owner.use(await takeNodeName(config.dataDir, Deno.hostname()));

  const latency = { sql: createHistogram(), redis: createHistogram() };
  owner.use(onStatement((ms) => latency.sql.add(ms / 1_000)));
  const store = await connectStore(config, { log, database, node: name, owner });
  const { sql } = database;
  const access = owner.use(await openAccess({ config, sql, events: store.events, logger }));

  const onReply = (ms: number) => latency.redis.add(ms / 1_000);
  const { queue, bus } = await connectBroker(config, { logger, onReply, owner });
  if (config.role !== "web") await claimName(queue, name, place);
  log.attach(bus, name);
  return { ...store, name, logger, database, access, queue, bus, latency };
}
