import assert from "node:assert/strict";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import type { ProcessorStatus } from "../../lib/status/processor_status.ts";
import { type MetricsParts, renderMetrics } from "../../lib/telemetry/metrics.ts";

const status: ProcessorStatus = {
  running: true,
  workers: 3,
  queue_pending: 156,
  queue_retry: 2,
  queue_dead: 1,
  processed_total: 5_000,
  processed_today: 120,
  speed: 15.5,
  last_error: null,
  in_flight: 50,
  failed_total: 7,
  retried_total: 6,
  avg_processing_ms: 1.5,
  nodes: [
    {
      node: "a",
      role: "worker",
      running: true,
      workers: 3,
      in_flight: 50,
      speed: 15.5,
      seen_at: 1,
      lost: false,
      memory_bytes: 1_000_000,
      processed: 400,
      failed: 2,
      stages: { load_ms: 1_500, save_ms: 500 },
    },
    {
      node: 'b"\\',
      role: "worker",
      running: false,
      workers: 0,
      in_flight: 0,
      speed: 0,
      seen_at: 1,
      lost: true,
    },
  ],
  seq: 1,
  at: 1,
};

function parts(answer: () => Promise<ProcessorStatus>): MetricsParts {
  return {
    reporter: { status: answer },
    hub: { sockets: () => 4 },
    loopLag: { longestMs: () => 25, [Symbol.dispose]() {} },
  };
}

/** The samples by name and labels; throws on a line that is neither a comment nor a sample. */
function samples(text: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const line of text.split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [, name, value] = /^(\w+(?:\{.*\})?) (-?[\d.e+-]+)$/.exec(line) ?? [];
    assert.ok(name !== undefined && value !== undefined, line);
    assert.ok(!found.has(name), `${name} is there twice`);
    found.set(name, Number(value));
  }
  return found;
}

Deno.test("the metrics hold the stream's figures, each node's, and this process'", async () => {
  const { type, text } = await renderMetrics(parts(() => Promise.resolve(status)));
  assert.match(type, /^text\/plain; version=0\.0\.4/);
  const found = samples(text);
  const expected: Record<string, number> = {
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
    'millrace_node_up{node="a"}': 1,
    'millrace_node_up{node="b\\"\\\\"}': 0,
    'millrace_node_memory_bytes{node="a"}': 1_000_000,
    'millrace_node_processed_total{node="a"}': 400,
    'millrace_stage_seconds_total{node="a",stage="load"}': 1.5,
    'millrace_stage_seconds_total{node="a",stage="save"}': 0.5,
    millrace_sockets: 4,
    millrace_event_loop_lag_seconds: 0.025,
  };
  for (const [name, value] of Object.entries(expected)) assert.equal(found.get(name), value, name);
  assert.ok((found.get("process_resident_memory_bytes") ?? 0) > 1_000_000);
  assert.match(text, /# TYPE millrace_processed_total counter/);
  assert.match(text, /# TYPE millrace_pending gauge/);
});

Deno.test("while the broker is away the metrics say so, and no figure is made up", async () => {
  const away = () => Promise.reject(new BrokerUnreachableError("away"));
  const found = samples((await renderMetrics(parts(away))).text);
  assert.equal(found.get("millrace_broker_up"), 0);
  assert.equal(found.has("millrace_pending"), false);
  assert.equal(found.get("millrace_sockets"), 4);
});
