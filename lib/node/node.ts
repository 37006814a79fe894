import type { Logger } from "@logtape/logtape";
import type { AlertSender } from "../alerts/alert_sender.ts";
import type { AlertWatch } from "../alerts/alert_watch.ts";
import type { Access } from "../auth/access.ts";
import { createSocketQuota, type SocketQuota } from "../auth/socket_quota.ts";
import { createSocketWatch, type SocketWatch } from "../auth/socket_revocation.ts";
import { type Bus, CHANNELS } from "../bus/bus.ts";
import type { Database } from "../database/connect.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import { stopImportsOf } from "../database/imports.ts";
import { createHub, type Hub } from "../live/hub.ts";
import { type Bulk, createBulk } from "../processor/bulk_operations.ts";
import { createDocumentReader, type DocumentReader } from "../processor/document_reader.ts";
import { createExplainer, type Explainer } from "../processor/explainer.ts";
import { createProcessor } from "../processor/processor.ts";
import type { Histogram } from "../wire/histogram.ts";
import { defaultSettings } from "../wire/settings.ts";
import { openSettingsStore, type SettingsStore } from "../processor/settings_store.ts";
import type { Queue } from "../queue/queue.ts";
import { openBreakdownRecorder } from "../status/breakdown_recorder.ts";
import type { Reporter } from "../status/reporter.ts";
import type { StatusWatch } from "../status/status_watch.ts";
import { type LoopLag, watchLoopLag } from "../telemetry/loop_lag.ts";
import type { Config } from "../runtime/config.ts";
import { dayInTimeZone } from "../runtime/day_in_time_zone.ts";
import { createOutages, type Outages } from "../runtime/outages.ts";
import type { ServerClock } from "../runtime/server_clock.ts";
import { VERSION } from "../runtime/version.ts";
import { connectServers } from "./connect_servers.ts";
import { createReporting } from "./create_reporting.ts";
import { outageEvent } from "./outage_event.ts";
import { stopNode } from "./stop_node.ts";

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
 * Starts a node: connects to its servers, then creates and starts settings, hub, processor and reporter. If the start
 * fails, stops what was started and throws an error with the reason. This is the composition root.
 */
export async function startNode(config: Config): Promise<Node> {
  await using starting = new AsyncDisposableStack();
  const servers = await connectServers(config, starting);
  const { name, logger, latency, database, clock, events, access, queue, bus } = servers;
  const common = { sql: database.sql, queue, bus, events, logger, now: clock.now };
  const socketWatch = starting.use(createSocketWatch({ access, logger }));
  await stopImportsOf(database.sql, name);

  const outages = starting.use(createOutages({
    logger,
    onChange(change) {
      void events.record(outageEvent(change));
      processor?.wake();
      reporter.publish();
    },
  }));

  const defaults = defaultSettings(navigator.hardwareConcurrency);
  const settings = starting.use(await openSettingsStore({ ...common, defaults }));
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
      ...common,
      node: name,
      role: config.role,
      settings,
      outages,
      day,
      poison: config.poison,
      onShares: breakdown.add,
      onChange: () => reporter.publish(),
      onInFlight: () => reporter.publishDeferred(),
    }),
  );
  const today = () => ({ day: day(), zone: settings.current().time_zone });
  const { reporter, statusWatch, alerts, alertSender, pings } = createReporting({
    ...servers,
    config,
    hub,
    outages,
    processor,
    today,
    owner: starting,
  });
  const onMoved = () => reporter.publish();
  const bulk = starting.use(createBulk({ ...common, onMoved }));
  hub.pushStatus(JSON.stringify(await reporter.status()));
  await processor?.start();
  // Note the first status only now: the totals that the processor restored are not new articles.
  statusWatch.note(await reporter.status());
  bulk.start();
  alerts.start();
  reporter.start();
  starting.use(await bus.subscribe(CHANNELS.status, reporter.receive));

  logStart(logger, { node: name, database, config });
  await events.record({ kind: "node_joined", subject: name, counts: {} });
  const running = starting.move();
  let stopped: Promise<void> | null = null;
  const stop = () =>
    stopped ??= stopNode({ ...servers, processor, breakdown, reporter, pings, running });
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

interface LoggedStart {
  node: string;
  database: Database;
  config: Config;
}

function logStart(logger: Logger, { node, database, config: { role, redisUrl } }: LoggedStart) {
  logger.info(
    redisUrl === null
      ? "Node {node} runs as {role}, on {database} and the in-process broker; Millrace {version}."
      : "Node {node} runs as {role}, on {database} and Redis; Millrace {version}.",
    {
      node,
      role,
      database: database.kind === "embedded" ? "PGlite" : "Postgres",
      version: VERSION,
    },
  );
}
