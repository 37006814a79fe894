import { Counter, Gauge, Registry } from "prom-client";
import { z } from "zod";
import { BrokerUnreachableError } from "../runtime/errors.ts";
import { VERSION } from "../runtime/version.ts";
import { type Health, HEALTH_STATES } from "../wire/health/health.ts";
import { clusterOf } from "../wire/cluster_sums.ts";
import type { NodeStatus, ProcessorStatus } from "../wire/processor_status.ts";
import { type Histogram, histogramCounts } from "../wire/histogram.ts";
import { histogramText } from "./histogram_text.ts";
import type { LoopLag } from "./loop_lag.ts";

/** The sources of the metrics. */
export interface MetricsParts {
  reporter: {
    status(): Promise<ProcessorStatus>;
    nodes(status: ProcessorStatus): Promise<NodeStatus[]>;
  };
  statusWatch: { health(): Health };
  hub: { sockets(): number; messages(): { sent: number; skipped: number } };
  alertSender: { deliveries(): { delivered: number; failed: number } };
  latency: { sql: Pick<Histogram, "read">; redis: Pick<Histogram, "read"> };
  loopLag: LoopLag;
}

/** The fields that a processing node adds to its row of the status. */
const detail = z.object({
  memory_bytes: z.number(),
  processed: z.number(),
  failed: z.number(),
  stages: z.record(z.string(), z.number()),
  retried: z.number().default(0),
  restarts: z.number().default(0),
  wait: z.optional(histogramCounts),
  run: z.optional(histogramCounts),
});

/**
 * Returns the metrics in Prometheus' text format, and its content type. Those of the stream and of `nodes` are
 * cluster-wide and equal on every node; they are omitted while the broker is unreachable.
 */
export async function renderMetrics(
  { reporter, statusWatch, hub, alertSender, latency, loopLag }: MetricsParts,
): Promise<{ type: string; text: string }> {
  const registry = new Registry();
  const { status, nodes } = await readStatus(reporter);
  const { gauge } = metricsOf(registry);
  metricsOf(registry, { version: VERSION }).gauge("millrace_info", "The version of this node", 1);
  gauge("millrace_broker_up", "Whether the broker can be reached", status === null ? 0 : 1);
  addHealth(registry, statusWatch.health());
  if (status !== null) addStream(registry, status);
  for (const node of nodes) addNode(registry, node);
  gauge("millrace_sockets", "WebSockets open on this node", hub.sockets());
  for (const [result, value] of Object.entries(hub.messages())) {
    metricsOf(registry, { result }).counter(
      "millrace_socket_messages_total",
      "Messages to WebSockets of this node: sent, or skipped because the socket had yet to read",
      value,
    );
  }
  for (const [result, value] of Object.entries(alertSender.deliveries())) {
    metricsOf(registry, { result }).counter(
      "millrace_alert_deliveries_total",
      "Tries of this node to deliver an alert",
      value,
    );
  }
  gauge(
    "millrace_event_loop_lag_seconds",
    "The longest that this node's timers were late in the last 15 s",
    loopLag.longestMs() / 1_000,
  );
  const { rss, heapUsed } = Deno.memoryUsage();
  gauge("process_resident_memory_bytes", "Memory of this process", rss);
  gauge("process_heap_bytes", "JavaScript heap in use by this process' main isolate", heapUsed);
  gauge(
    "process_start_time_seconds",
    "When this process started, since the epoch",
    performance.timeOrigin / 1_000,
  );
  const histograms = [
    histogramText(
      "millrace_wait_seconds",
      "How long articles were due before a node loaded them",
      nodeSeries(nodes, "wait"),
    ),
    histogramText(
      "millrace_run_seconds",
      "How long articles were processed, from load to settlement",
      nodeSeries(nodes, "run"),
    ),
    ...(["sql", "redis"] as const).map((server) =>
      histogramText(`millrace_${server}_seconds`, LATENCY_HELP[server], [
        { labels: {}, histogram: latency[server].read() },
      ])
    ),
  ];
  const text = `${await registry.metrics()}\n${histograms.join("")}`;
  return { type: registry.contentType, text };
}

const LATENCY_HELP = {
  sql: "How long statements of this node to Postgres took",
  redis: "How long commands of this node to Redis took",
};

function nodeSeries(nodes: readonly NodeStatus[], name: "wait" | "run") {
  return nodes.flatMap((node) => {
    const histogram = detail.safeParse(node).data?.[name];
    return histogram === undefined ? [] : [{ labels: { node: node.node }, histogram }];
  });
}

/** The status and the rows of all nodes; null and none while the broker is unreachable. */
async function readStatus(
  reporter: MetricsParts["reporter"],
): Promise<{ status: ProcessorStatus | null; nodes: NodeStatus[] }> {
  try {
    const status = await reporter.status();
    return { status, nodes: await reporter.nodes(status) };
  } catch (error) {
    if (error instanceof BrokerUnreachableError) return { status: null, nodes: [] };
    throw error;
  }
}

/** One series per state, 1 for the current one, so that an alert can select a state by label. */
function addHealth(registry: Registry, { state: present }: Health) {
  for (const state of HEALTH_STATES) {
    const { gauge } = metricsOf(registry, { state });
    gauge("millrace_health", "The health of the stream, by state", state === present ? 1 : 0);
  }
}

function addStream(registry: Registry, status: ProcessorStatus) {
  const { gauge, counter } = metricsOf(registry);
  counter("millrace_processed_total", "Articles processed", status.processed_total);
  counter("millrace_failed_total", "Tries that failed", status.failed_total);
  counter("millrace_retried_total", "Failures that were given another try", status.retried_total);
  gauge("millrace_pending", "Articles that wait", status.queue_pending);
  gauge("millrace_retry", "Articles that wait for their next try", status.queue_retry);
  gauge("millrace_dead", "Dead letters", status.queue_dead);
  gauge("millrace_in_flight", "Articles taken and not settled", status.in_flight);
  gauge(
    "millrace_held_by_lost",
    "Articles in flight that lost nodes hold until their leases end",
    status.held_by_lost,
  );
  gauge("millrace_workers", "Web Workers on all nodes", status.workers);
  gauge("millrace_running", "Whether the stream runs", status.running ? 1 : 0);
  if (status.comparison !== undefined) {
    const { database, queue, missing } = status.comparison;
    const of = "at the last comparison of the two";
    gauge("millrace_unfinished_database", `Unfinished articles in the database ${of}`, database);
    gauge("millrace_unfinished_queue", `Ids in the queue ${of}`, queue);
    gauge(
      "millrace_missing_from_queue",
      `Unfinished articles that the queue lacked ${of}`,
      missing,
    );
  }
  gauge("millrace_speed", "Articles a second over the last seconds", status.speed);
  gauge(
    "millrace_oldest_pending_age_seconds",
    "How long the oldest pending article has waited",
    Math.max(0, status.at - (clusterOf(status).oldest_at ?? status.at)) / 1_000,
  );
}

function addNode(registry: Registry, node: NodeStatus) {
  const { gauge, counter } = metricsOf(registry, { node: node.node });
  gauge("millrace_node_up", "Whether the node reports", node.lost ? 0 : 1);
  gauge("millrace_node_workers", "Web Workers of the node", node.workers);
  gauge("millrace_node_in_flight", "Articles that the node has taken", node.in_flight);
  gauge("millrace_node_speed", "Articles a second by the node", node.speed);
  const parsed = detail.safeParse(node);
  if (!parsed.success) return;
  const { memory_bytes, processed, failed, retried, stages, restarts } = parsed.data;
  gauge("millrace_node_memory_bytes", "Memory of the node's process", memory_bytes);
  counter("millrace_node_processed_total", "Articles processed since the node's start", processed);
  counter(
    "millrace_node_worker_restarts_total",
    "Replaced workers, and quarantine threads that an article ended, since the node's start",
    restarts,
  );
  counter("millrace_node_failed_total", "Tries that failed since the node's start", failed);
  counter(
    "millrace_node_retried_total",
    "Failed tries since the node's start after which the article got another one",
    retried,
  );
  for (const [stage, ms] of Object.entries(stages)) {
    const { counter } = metricsOf(registry, { node: node.node, stage: stage.replace(/_ms$/, "") });
    counter("millrace_stage_seconds_total", "Time that batches spent in each stage", ms / 1_000);
  }
}

/** Functions that add a value with labels to the registry's metric of that name. */
function metricsOf(registry: Registry, labels: Record<string, string> = {}) {
  const labelNames = Object.keys(labels);
  const registers = [registry];
  return {
    gauge(name: string, help: string, value: number) {
      const metric = registry.getSingleMetric(name) ??
        new Gauge({ name, help, labelNames, registers });
      if (metric instanceof Gauge) metric.set(labels, value);
    },
    counter(name: string, help: string, value: number) {
      const metric = registry.getSingleMetric(name) ??
        new Counter({ name, help, labelNames, registers });
      if (metric instanceof Counter) metric.inc(labels, value);
    },
  };
}
