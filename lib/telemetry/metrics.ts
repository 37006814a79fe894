import { Counter, Gauge, Registry } from "prom-client";
import { z } from "zod";
import { BrokerUnreachableError } from "../runtime/errors.ts";
import type { NodeStatus, ProcessorStatus } from "../status/processor_status.ts";
import type { LoopLag } from "./loop_lag.ts";

/** What the metrics are made from. */
export interface MetricsParts {
  reporter: { status(): Promise<ProcessorStatus> };
  hub: { sockets(): number };
  loopLag: LoopLag;
}

/** What a node that processes adds to its row of the status. */
const detail = z.object({
  memory_bytes: z.number(),
  processed: z.number(),
  failed: z.number(),
  stages: z.record(z.string(), z.number()),
});

/**
 * The metrics in Prometheus' text format, and its content type. Those of the stream and of `nodes` are
 * the whole system's, the same from every node; while the broker is away they are left out.
 */
export async function renderMetrics(
  { reporter, hub, loopLag }: MetricsParts,
): Promise<{ type: string; text: string }> {
  const registry = new Registry();
  const status = await statusOrNull(reporter);
  const { gauge } = metricsOf(registry);
  gauge("millrace_broker_up", "Whether the broker can be reached", status === null ? 0 : 1);
  if (status !== null) addStream(registry, status);
  for (const node of status?.nodes ?? []) addNode(registry, node);
  gauge("millrace_sockets", "WebSockets open on this node", hub.sockets());
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
  return { type: registry.contentType, text: await registry.metrics() };
}

async function statusOrNull(reporter: MetricsParts["reporter"]): Promise<ProcessorStatus | null> {
  try {
    return await reporter.status();
  } catch (error) {
    if (error instanceof BrokerUnreachableError) return null;
    throw error;
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
  gauge("millrace_workers", "Web Workers on all nodes", status.workers);
  gauge("millrace_running", "Whether the stream runs", status.running ? 1 : 0);
  gauge("millrace_speed", "Articles a second over the last seconds", status.speed);
}

function addNode(registry: Registry, node: NodeStatus) {
  const { gauge, counter } = metricsOf(registry, { node: node.node });
  gauge("millrace_node_up", "Whether the node reports", node.lost ? 0 : 1);
  gauge("millrace_node_workers", "Web Workers of the node", node.workers);
  gauge("millrace_node_in_flight", "Articles that the node has taken", node.in_flight);
  gauge("millrace_node_speed", "Articles a second by the node", node.speed);
  const parsed = detail.safeParse(node);
  if (!parsed.success) return;
  const { memory_bytes, processed, failed, stages } = parsed.data;
  gauge("millrace_node_memory_bytes", "Memory of the node's process", memory_bytes);
  counter("millrace_node_processed_total", "Articles processed since the node's start", processed);
  counter("millrace_node_failed_total", "Tries that failed since the node's start", failed);
  for (const [stage, ms] of Object.entries(stages)) {
    const { counter } = metricsOf(registry, { node: node.node, stage: stage.replace(/_ms$/, "") });
    counter("millrace_stage_seconds_total", "Time that batches spent in each stage", ms / 1_000);
  }
}

/** Functions that add a value under a name, with these labels, to what the registry has of that name. */
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
