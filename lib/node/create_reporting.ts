import type { Logger } from "@logtape/logtape";
import { type AlertSender, createAlertSender } from "../alerts/alert_sender.ts";
import { type AlertWatch, createAlertWatch } from "../alerts/alert_watch.ts";
import { alertsPage } from "../alerts/alerts_page.ts";
import type { Database } from "../database/connect.ts";
import type { EventRecorder } from "../database/event_recorder.ts";
import type { Hub } from "../live/hub.ts";
import type { Processor } from "../processor/processor.ts";
import type { Queue, Today } from "../queue/queue.ts";
import type { Config } from "../runtime/config.ts";
import type { Outages } from "../runtime/outages.ts";
import type { ServerClock } from "../runtime/server_clock.ts";
import type { ClockSkewWatch } from "../status/clock_skew_watch.ts";
import { createHistoryRecorder } from "../status/history_recorder.ts";
import { watchLostNodes } from "../status/lost_node_watch.ts";
import { watchOldestPending } from "../status/oldest_pending_watch.ts";
import { pingServers } from "../status/ping_servers.ts";
import { createReporter, type Reporter } from "../status/reporter.ts";
import { createStatusWatch, type StatusWatch } from "../status/status_watch.ts";
import type { ProcessorStatus } from "../wire/processor_status.ts";

interface ReportingParts {
  config: Config;
  name: string;
  database: Database;
  queue: Queue;
  hub: Hub;
  events: EventRecorder;
  outages: Outages;
  clock: ServerClock;
  clockSkewWatch: ClockSkewWatch;
  logger: Logger;
  /** The node's processor; null on a web node. */
  processor: Processor | null;
  today: () => Today;
  owner: AsyncDisposableStack;
}

/** What reports on this node and on the cluster; not started yet. */
export interface Reporting {
  reporter: Reporter;
  statusWatch: StatusWatch;
  alerts: AlertWatch;
  alertSender: AlertSender;
  /** Pings the servers until it is disposed. */
  pings: AsyncDisposable;
}

/** Creates the reporter, and what adds to a report or observes each status. `owner` disposes of it. */
export function createReporting(parts: ReportingParts): Reporting {
  const { config, name, queue, hub, events, outages, clock, logger, processor, owner } = parts;
  const { database, clockSkewWatch } = parts;
  const { sql } = database;
  const statusWatch = createStatusWatch(() => performance.now());
  const historyRecorder = createHistoryRecorder(sql, logger, (status) => reporter.nodes(status));
  owner.defer(() => historyRecorder.stop());
  const lostNodes = watchLostNodes(events, (lost, loggedBy) => {
    if (loggedBy !== name) return;
    logger.warning(
      "Node {node} has stopped reporting; it holds {articles} articles until its lease expires.",
      { node: lost.node, articles: lost.in_flight },
    );
  });
  const link = alertsPage(config);
  const alertSender = owner.use(createAlertSender({ sql, logger, link, clock }));
  const alerts = owner.use(
    createAlertWatch({ node: name, sql, logger, alertSender, events, link }),
  );
  const onSilence = () => reporter.publish();
  const pings = owner.use(pingServers({ queue, database, outages, logger, onSilence }));
  const oldest = watchOldestPending(sql, logger);
  owner.defer(() => oldest.stop());

  function describe() {
    const report = processor?.describe() ?? null;
    return report && {
      ...report,
      detail: {
        ...report.detail,
        ...(pings.isDatabaseSilent() && { outages: ["database"] }),
        oldest_at: oldest.at(),
        alerts: alerts.counts(),
        clock_off_ms: clockSkewWatch.offMs(),
      },
    };
  }

  function onStatus(status: ProcessorStatus) {
    statusWatch.note(status);
    historyRecorder.note(status);
    lostNodes.note(status);
    alerts.note(status);
    if (processor !== null) oldest.note(status);
    if (status.outages !== undefined) hub.pushStatus(JSON.stringify(status));
  }

  const reporter = owner.use(createReporter({
    queue,
    logger,
    outages,
    monotonicNow: () => performance.now(),
    now: clock.now,
    today: parts.today,
    describe,
    onStatus,
  }));
  return { reporter, statusWatch, alerts, alertSender, pings };
}
