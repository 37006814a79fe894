import type { Logger } from "@logtape/logtape";
import { type AlertWatch, createAlertWatch } from "../alerts/alert_watch.ts";
import { alertsPage } from "../alerts/alerts_page.ts";
import { type AlertSender, createAlertSender } from "../alerts/alert_sender.ts";
import { type Access, openAccess } from "../auth/access.ts";
import { createSocketQuota, type SocketQuota } from "../auth/socket_quota.ts";
import { createSocketWatch, type SocketWatch } from "../auth/socket_revocation.ts";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import type { Database } from "../database/connect.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import { onStatement } from "../database/query.ts";
import { logMessage } from "../i18n/logs/word_line.ts";
import { createHub, type Hub } from "../live/hub.ts";
import { type Bulk, createBulk } from "../processor/bulk_operations.ts";
import { createDocumentReader, type DocumentReader } from "../processor/document_reader.ts";
import { createExplainer, type Explainer } from "../processor/explainer.ts";
import { createProcessor } from "../processor/processor.ts";
import { createHistogram, type Histogram } from "../wire/histogram.ts";
import { defaultSettings } from "../wire/settings.ts";
import { openSettingsStore, type SettingsStore } from "../processor/settings_store.ts";
import type { Queue } from "../queue/queue.ts";
import { openBreakdownRecorder } from "../status/breakdown_recorder.ts";
import { createHistoryRecorder } from "../status/history_recorder.ts";
import { watchOldestPending } from "../status/oldest_pending_watch.ts";
import { createReporter, type Reporter } from "../status/reporter.ts";
import { watchLostNodes } from "../status/lost_node_watch.ts";
import { createStatusWatch, type StatusWatch } from "../status/status_watch.ts";
import { type LoopLag, watchLoopLag } from "../telemetry/loop_lag.ts";
import type { Config } from "../runtime/config.ts";
import { toError } from "../runtime/errors.ts";
import { openLog } from "../runtime/log.ts";
import { dayInTimeZone } from "../runtime/day_in_time_zone.ts";
import { createOutages, type Outages } from "../runtime/outages.ts";
import type { ServerClock } from "../runtime/server_clock.ts";
import { pingServers } from "../status/ping_servers.ts";
import { VERSION } from "../runtime/version.ts";
import { claimName } from "./claim_name.ts";
import { connectBroker } from "./connect_broker.ts";
import { connectStore, openDatabase } from "./connect_store.ts";
import { takeNodeName } from "./node_name.ts";
import { outageEvent } from "./outage_event.ts";

const DAY_MS = 86_400_000;

/** One running process of Millrace: everything its routes use. */
export interface Node extends AsyncDisposable {
  readonly config: Config;
  /** Stable across restarts. */
  readonly name: string;
  readonly database: Database;
  readonly queue: Queue;
  readonly bus: Bus;
  readonly settings: SettingsStore;
  readonly explainer: Explainer;
  readonly documents: DocumentReader;
  readonly reporter: Reporter;
  readonly statusWatch: StatusWatch;
  readonly bulk: Bulk;
  readonly events: EventRecorder;
  readonly alerts: AlertWatch;
  /** The servers that this node cannot reach. */
  readonly outages: Outages;
  readonly hub: Hub;
  readonly access: Access;
  readonly socketQuota: SocketQuota;
  readonly socketWatch: SocketWatch;
  readonly loopLag: LoopLag;
  /** The time on the database's clock. */
  readonly clock: ServerClock;
  readonly alertSender: AlertSender;
  /** The latency of Postgres and Redis on this node. */
  readonly latency: { readonly sql: Histogram; readonly redis: Histogram };
  readonly logger: Logger;
  /** Stops in reverse start order; idempotent. */
  stop(): Promise<void>;
}

/**
 * Starts a node in this order: log, database, name, migrations, broker, settings, hub, processor,
 * reporter. If the start fails, stops what was started and throws an error with the reason. This is the
 * composition root, the only module that imports the adapters.
 */
export async function startNode(config: Config): Promise<Node> {
  await using starting = new AsyncDisposableStack();
  const log = starting.use(await openLog(config.logLevel, logMessage));
  const { logger } = log;
  const database = starting.use(await openDatabase(config, logger));
  // A predecessor on the embedded database has released its name by now.
  const { name, place } = starting.use(await takeNodeName(config.dataDir, Deno.hostname()));

  const latency = { sql: createHistogram(), redis: createHistogram() };
  starting.use(onStatement((ms) => latency.sql.add(ms / 1_000)));
  const store = await connectStore(config, { log, database, node: name, owner: starting });
  const { clock, clockSkewWatch, events, logKeeper } = store;

  const access = starting.use(await openAccess({ config, sql: database.sql, events, logger }));
  const socketWatch = starting.use(createSocketWatch({ access, logger }));

  const { queue, bus } = await connectBroker(config, {
    logger,
    onReply: (ms) => latency.redis.add(ms / 1_000),
    owner: starting,
  });
  if (config.role !== "web") await claimName(queue, name, place);
  log.attach(bus, name);

  const outages = starting.use(createOutages({
    logger,
    onChange(change) {
      void events.record(outageEvent(change));
      processor?.wake();
      reporter.publish();
    },
  }));

  const settings = starting.use(
    await openSettingsStore({
      sql: database.sql,
      bus,
      events,
      logger,
      now: clock.now,
      defaults: defaultSettings(navigator.hardwareConcurrency),
    }),
  );
  /** The cluster's day, today or a number of days ago. */
  const day = (daysAgo = 0) =>
    dayInTimeZone(settings.current().time_zone, clock.now() - daysAgo * DAY_MS);
  const hub = starting.use(createHub(bus, logger));
  await hub.start();
  const explainer = starting.use(createExplainer());
  const documents = starting.use(createDocumentReader());
  const loopLag = starting.use(watchLoopLag());

  const breakdown = starting.use(
    await openBreakdownRecorder({ sql: database.sql, node: name, now: clock.now, logger }),
  );
  const processor = config.role === "web" ? null : starting.use(
    createProcessor({
      node: name,
      role: config.role,
      sql: database.sql,
      queue,
      bus,
      settings,
      logger,
      events,
      outages,
      day,
      now: clock.now,
      poison: config.poison,
      onShares: breakdown.add,
      onChange: () => reporter.publish(),
      onInFlight: () => reporter.publishDeferred(),
    }),
  );
  const statusWatch = createStatusWatch(() => performance.now());
  const historyRecorder = createHistoryRecorder(
    database.sql,
    logger,
    (status) => reporter.nodes(status),
  );
  starting.defer(() => historyRecorder.stop());
  const lostNodes = watchLostNodes(events, (lost, loggedBy) => {
    if (loggedBy === name) {
      logger.warning(
        "Node {node} has stopped reporting; it holds {articles} articles until its lease expires.",
        { node: lost.node, articles: lost.in_flight },
      );
    }
  });
  const link = alertsPage(config);
  const alertSender = starting.use(createAlertSender({ sql: database.sql, logger, link, clock }));
  const alerts = starting.use(
    createAlertWatch({ node: name, sql: database.sql, logger, alertSender, events, link }),
  );
  const onSilence = () => reporter.publish();
  const pings = starting.use(pingServers({ queue, database, outages, logger, onSilence }));
  const oldest = watchOldestPending(database.sql, logger);
  starting.defer(() => oldest.stop());
  const reporter = starting.use(createReporter({
    queue,
    logger,
    outages,
    monotonicNow: () => performance.now(),
    now: clock.now,
    today: () => ({ day: day(), zone: settings.current().time_zone }),
    describe() {
      const report = processor?.describe() ?? null;
      return report &&
        {
          ...report,
          detail: {
            ...report.detail,
            ...(pings.isDatabaseSilent() && { outages: ["database"] }),
            oldest_at: oldest.at(),
            alerts: alerts.counts(),
            clock_off_ms: clockSkewWatch.offMs(),
          },
        };
    },
    onStatus(status) {
      statusWatch.note(status);
      historyRecorder.note(status);
      lostNodes.note(status);
      alerts.note(status);
      if (processor !== null) oldest.note(status);
      if (status.outages !== undefined) hub.pushStatus(JSON.stringify(status));
    },
  }));
  const bulk = starting.use(
    createBulk({
      sql: database.sql,
      queue,
      bus,
      events,
      logger,
      now: clock.now,
      onMoved: () => reporter.publish(),
    }),
  );
  hub.pushStatus(JSON.stringify(await reporter.status()));
  await processor?.start();
  // Note the first status only now: the totals that the processor restored are not new articles.
  statusWatch.note(await reporter.status());
  bulk.start();
  alerts.start();
  reporter.start();
  starting.use(await bus.subscribe(CHANNELS.status, reporter.receive));

  logger.info(
    config.redisUrl === null
      ? "Node {node} runs as {role}, on {database} and the in-process broker; Millrace {version}."
      : "Node {node} runs as {role}, on {database} and Redis; Millrace {version}.",
    {
      node: name,
      role: config.role,
      database: database.kind === "embedded" ? "PGlite" : "Postgres",
      version: VERSION,
    },
  );
  await events.record({ kind: "node_joined", subject: name, counts: {} });
  const running = starting.move();
  let stopped: Promise<void> | null = null;
  const stop = () =>
    stopped ??= (async () => {
      logger.info("Node {node} stops.", { node: name });
      await pings[Symbol.asyncDispose]();
      // The last status is published by the reporter once the processor has finished.
      await processor?.stop();
      await reporter.stop();
      await breakdown.stop();
      if (processor !== null) await leave(queue, name, logger);
      void events.record({ kind: "node_left", subject: name, counts: {} });
      await events.stop();
      await logKeeper.stop();
      // Closed first: an unresponsive server would delay everything that waits for its response.
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
    explainer,
    documents,
    reporter,
    statusWatch,
    bulk,
    events,
    alerts,
    outages,
    hub,
    access,
    socketQuota: createSocketQuota(),
    socketWatch,
    loopLag,
    clock,
    alertSender,
    latency,
    logger,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function leave(queue: Queue, name: string, logger: Logger) {
  try {
    await queue.leave(name);
  } catch (error) {
    logger.warning(
      "Cannot remove this node from the list, which shows it as lost for a minute: {error}",
      { error: toError(error) },
    );
  }
}
