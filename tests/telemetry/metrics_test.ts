import assert from "node:assert/strict";
import { VERSION } from "../../lib/runtime/version.ts";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import type { ProcessorStatus } from "../../lib/wire/processor_status.ts";
import { createHistogram } from "../../lib/wire/histogram.ts";
import { nodeOf, statusOf } from "../support/statuses.ts";
import { type MetricsParts, renderMetrics } from "../../lib/telemetry/metrics.ts";

const status = statusOf({
  workers: 3,
  queue_pending: 156,
  queue_retry: 2,
  queue_dead: 1,
  processed_total: 5_000,
  speed: 15.5,
  in_flight: 50,
  failed_total: 7,
  retried_total: 6,
  nodes: [
    nodeOf({
      node: "a",
      role: "worker",
      workers: 3,
      in_flight: 50,
      speed: 15.5,
      memory_bytes: 1_000_000,
      processed: 400,
      failed: 2,
      stages: { load_ms: 1_500, save_ms: 500 },
      retried: 1,
      oldest_at: -2_999,
      wait: { counts: [1, 2], sum: 0.5 },
      run: { counts: [0, 0, 0, 4], sum: 2 },
    }),
    nodeOf({ node: 'b"\\', role: "worker", running: false, workers: 0, lost: true }),
  ],
  at: 1,
});

function parts(response: () => Promise<ProcessorStatus>): MetricsParts {
  return {
    reporter: { status: response, nodes: ({ nodes }) => Promise.resolve(nodes) },
    statusWatch: { health: () => ({ state: "stopped", waiting: 156 }) },
    hub: { sockets: () => 4, messages: () => ({ sent: 9, skipped: 1 }) },
    alertSender: { deliveries: () => ({ delivered: 2, failed: 1 }) },
    latency: { sql: createHistogram(), redis: createHistogram() },
    loopLag: { longestMs: () => 25, [Symbol.dispose]() {} },
  };
}

/** Parses the samples by name and labels; throws for an invalid line. */
function samples(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, value] = /^(\w+(?:\{.*\})?) (-?[\d.e+-]+)$/.exec(line) ?? [];
    assert.ok(name !== undefined && value !== undefined, line);
    assert.ok(!found.has(name), `${name} is duplicated`);
    found.set(name, Number(value));
  }
  return found;
}

Deno.test("the metrics contain values of the stream, of each node, and of this process", async () => {
  const { type, text } = await renderMetrics(parts(() => Promise.resolve(status)));
  assert.match(type, /^text\/plain; version=0\.0\.4/);
  const found = samples(text);
  const expected: Record<string, number> = {
    [`millrace_info{version="${VERSION}"}`]: 1,
    millrace_broker_up: 1,
    millrace_processed_total: 5_000,
    millrace_failed_total: 7,
    millrace_retried_total: 6,
    millrace_pending: 156,
    millrace_retry: 2,
    millrace_dead: 1,
    millrace_in_flight: 50,
    millrace_workers: 3,
    millrace_running: 1,
    millrace_speed: 15.5,
    'millrace_health{state="stopped"}': 1,
    'millrace_health{state="ok"}': 0,
    'millrace_node_up{node="a"}': 1,
    'millrace_node_up{node="b\\"\\\\"}': 0,
    'millrace_node_memory_bytes{node="a"}': 1_000_000,
    'millrace_node_processed_total{node="a"}': 400,
    'millrace_stage_seconds_total{node="a",stage="load"}': 1.5,
    'millrace_stage_seconds_total{node="a",stage="save"}': 0.5,
    'millrace_node_failed_total{node="a"}': 2,
    'millrace_node_retried_total{node="a"}': 1,
    millrace_oldest_pending_age_seconds: 3,
    'millrace_wait_seconds_bucket{node="a",le="0.000244140625"}': 1,
    'millrace_wait_seconds_bucket{node="a",le="32768"}': 3,
    'millrace_wait_seconds_bucket{node="a",le="+Inf"}': 3,
    'millrace_wait_seconds_sum{node="a"}': 0.5,
    'millrace_run_seconds_count{node="a"}': 4,
    millrace_sql_seconds_count: 0,
    'millrace_socket_messages_total{result="skipped"}': 1,
    'millrace_alert_deliveries_total{result="delivered"}': 2,
    millrace_sockets: 4,
    millrace_event_loop_lag_seconds: 0.025,
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(found.get(name), value, name);
  assert.ok((found.get("process_resident_memory_bytes") ?? 0) > 1_000_000);
  assert.match(text, /# TYPE millrace_processed_total counter/);
  assert.match(text, /# TYPE millrace_pending gauge/);
});

Deno.test("while the broker is away, the metrics show it, and omit unknown values", async () => {
  const away = () => Promise.reject(new BrokerUnreachableError("away"));
  const found = samples((await renderMetrics(parts(away))).text);
  assert.equal(found.get("millrace_broker_up"), 0);
  assert.equal(found.has("millrace_pending"), false);
  assert.equal(found.get("millrace_sockets"), 4);
});
