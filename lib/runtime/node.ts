import type { Logger } from "@logtape/logtape";
import { type Access, createAccess } from "../auth/access.ts";
import { createSocketQuota, type SocketQuota } from "../auth/socket_quota.ts";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import { createMemoryBus } from "../bus/memory.ts";
import { createRedisBus } from "../bus/redis.ts";
import { connectDatabase, type Database } from "../database/connect.ts";
import { migrate } from "../database/migrate.ts";
import { createHub, type Hub } from "../live/hub.ts";
import { type Bulk, createBulk } from "../processor/bulk.ts";
import { createProcessor } from "../processor/processor.ts";
import { defaultSettings } from "../processor/settings.ts";
import { openSettingsStore, type SettingsStore } from "../processor/settings_store.ts";
import { createMemoryQueue } from "../queue/memory.ts";
import type { Queue } from "../queue/queue.ts";
import { createRedisQueue } from "../queue/redis.ts";
import { createHistorian } from "../status/historian.ts";
import { watchOldest } from "../status/oldest_watch.ts";
import { createReporter, type Reporter } from "../status/reporter.ts";
import { type LoopLag, watchLoopLag } from "../telemetry/loop_lag.ts";
import type { Config } from "./config.ts";
import { toError } from "./errors.ts";
import { openLog } from "./log.ts";
import { takeNodeName } from "./node_name.ts";
import { connectRedis } from "./redis_connection.ts";

/** One running process of Millrace: everything that its routes use. */
export interface Node extends AsyncDisposable {
  readonly config: Config;
  /** The same after a restart. */
  readonly name: string;
  readonly database: Database;
  readonly queue: Queue;
  readonly bus: Bus;
  readonly settings: SettingsStore;
  readonly reporter: Reporter;
  readonly bulk: Bulk;
  readonly hub: Hub;
  readonly access: Access;
  readonly socketQuota: SocketQuota;
  readonly loopLag: LoopLag;
  readonly logger: Logger;
  /** Stops in the reverse order of the start; harmless when repeated. */
  stop(): Promise<void>;
}

/**
 * Starts a node in this order: log, name, database (with its migrations), broker, settings, hub,
 * processor, reporter. Throws an error whose message says what is missing; nothing is left running
 * then. This is the one place that knows which adapters there are.
 */
export async function startNode(config: Config): Promise<Node> {
  await using starting = new AsyncDisposableStack();
  const log = starting.use(await openLog(config.logLevel));
  const { logger } = log;
  await Deno.mkdir(config.dataDir, { recursive: true });
  const { name } = starting.use(await takeNodeName(config.dataDir, Deno.hostname()));

  const database = starting.use(
    await connectDatabase({ url: config.databaseUrl, dataDir: config.dataDir }),
  );
  await migrate(database);

  const { queue, bus } = await connectBroker(config, logger, starting);
  log.attach(bus, name);

  const settings = starting.use(
    await openSettingsStore({
      sql: database.sql,
      bus,
      logger,
      defaults: defaultSettings(navigator.hardwareConcurrency),
    }),
  );
  const hub = starting.use(createHub(bus, logger));
  await hub.start();
  const loopLag = starting.use(watchLoopLag());

  const processor = config.role === "web" ? null : starting.use(
    createProcessor({
      node: name,
      role: config.role,
      sql: database.sql,
      queue,
      bus,
      settings,
      logger,
      poison: config.poison,
      onChange: () => reporter.soon(),
      onInFlight: () => reporter.later(),
    }),
  );
  const historian = createHistorian(database.sql, logger);
  starting.defer(() => historian.stop());
  const oldest = watchOldest(database.sql, logger);
  starting.defer(() => oldest.stop());
  const reporter = starting.use(createReporter({
    queue,
    logger,
    now: () => performance.now(),
    describe() {
      const report = processor?.describe() ?? null;
      return report && { ...report, detail: { ...report.detail, oldest_at: oldest.at() } };
    },
    onStatus(status) {
      historian.note(status);
      if (processor !== null) oldest.note(status);
      if (status.outages !== undefined) hub.show(JSON.stringify(status));
    },
  }));
  const bulk = starting.use(
    createBulk({ sql: database.sql, queue, bus, logger, onMoved: () => reporter.soon() }),
  );
  hub.show(JSON.stringify(await reporter.status()));
  await processor?.start();
  bulk.start();
  reporter.start();

  logger.info("Node {node} runs as {role}, on {database} and {broker}.", {
    node: name,
    role: config.role,
    database: database.kind === "embedded" ? "the embedded Postgres" : "Postgres",
    broker: config.redisUrl === null ? "the in-process broker" : "Redis",
  });

  const running = starting.move();
  let stopped: Promise<void> | null = null;
  const stop = () =>
    stopped ??= (async () => {
      logger.info("Node {node} stops.", { node: name });
      // The last status is published by the reporter once the processor has finished.
      await processor?.stop();
      await reporter.stop();
      if (processor !== null) await leave(queue, name, logger);
      // First of the rest: a silent server would hold up all those who still wait for its answer.
      await database[Symbol.asyncDispose]();
      await running.disposeAsync();
    })();
  return {
    config,
    name,
    database,
    queue,
    bus,
    settings,
    reporter,
    bulk,
    hub,
    access: createAccess(config, Date.now),
    socketQuota: createSocketQuota(),
    loopLag,
    logger,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function leave(queue: Queue, name: string, logger: Logger) {
  try {
    await queue.leave(name);
  } catch (error) {
    logger.warning("Others will miss this node before they forget it: {error}", {
      error: toError(error),
    });
  }
}

async function connectBroker(
  config: Config,
  logger: Logger,
  owner: AsyncDisposableStack,
): Promise<{ queue: Queue; bus: Bus }> {
  const onError = (error: Error) =>
    logger.error("A message could not be handled: {error}", { error });
  if (config.redisUrl === null) {
    const bus = owner.use(createMemoryBus({ onError }));
    const queue = createMemoryQueue({
      publish: (status) => void bus.publish(CHANNELS.status, status),
    });
    return { bus, queue: owner.use(queue) };
  }
  const connection = owner.use(await connectRedis(config.redisUrl, { prefix: config.redisPrefix }));
  const onGarbage = (values: string[]) =>
    logger.error("Dropped from the queue, for it is no article id: {values}", { values });
  const bus = owner.use(createRedisBus(connection, { onError }));
  const queue = owner.use(createRedisQueue(connection, { onGarbage }));
  return { bus, queue };
}
