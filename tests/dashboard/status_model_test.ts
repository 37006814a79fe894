import { effect } from "@preact/signals";
import assert from "node:assert/strict";
import { createStatusModel } from "../../lib/dashboard/status_model.ts";
import type { ProcessorStatus } from "../../lib/status/processor_status.ts";

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
  failed_total: 9,
  retried_total: 7,
  avg_processing_ms: 0.7,
  nodes: [],
  seq: 10,
  at: 1_000,
};

const node = {
  node: "atlas",
  role: "all",
  running: true,
  workers: 3,
  in_flight: 0,
  speed: 0,
  seen_at: 0,
  lost: false,
} as const;

Deno.test("only the signals of what changed repaint", () => {
  const model = createStatusModel(status);
  const painted: string[] = [];
  const stops = [
    effect(() => void painted.push(`pending ${model.pending.value}`)),
    effect(() => void painted.push(`dead ${model.dead.value}`)),
    effect(() => void painted.push(model.condition.value)),
  ];
  painted.length = 0;
  model.merge({ ...status, queue_pending: 155, seq: 11, at: 1_050 });
  model.merge({ ...status, queue_pending: 155, seq: 12, at: 1_100 });
  assert.deepEqual(painted, ["pending 155"]);
  stops.forEach((stop) => stop());
});

Deno.test("a status that is overtaken is not shown", () => {
  const model = createStatusModel(status);
  model.merge({ ...status, queue_pending: 100, seq: 12, at: 1_100 });
  model.merge({ ...status, queue_pending: 120, seq: 11, at: 1_050 });
  assert.equal(model.pending.value, 100);
});

Deno.test("a sender that counts anew, by its number or its clock, is believed", () => {
  const model = createStatusModel(status);
  model.merge({ ...status, queue_pending: 100 });
  model.merge({ ...status, queue_pending: 90, seq: 1, at: 2_000 });
  assert.equal(model.pending.value, 90, "a new broker numbers from the start");
  model.resync();
  model.merge({ ...status, queue_pending: 80, seq: 0, at: 5 });
  assert.equal(model.pending.value, 80, "so does one whose clock is behind, on a new connection");
});

Deno.test("the backlog's time is what waits over the speed, where there is one", () => {
  const model = createStatusModel(status);
  assert.equal(model.backlogSeconds.value, 156 / 15.5);
  model.merge({ ...status, speed: 0 });
  assert.equal(model.backlogSeconds.value, null);
  model.merge({ ...status, running: false });
  assert.equal(model.backlogSeconds.value, null);
});

Deno.test("the condition names what is away before anything else", () => {
  const model = createStatusModel(null);
  assert.equal(model.condition.value, "unknown");
  assert.equal(model.pending.value, null);
  model.merge(status);
  assert.equal(model.condition.value, "running");
  model.merge({ ...status, running: false });
  assert.equal(model.condition.value, "stopped");
  model.merge({ ...status, outages: ["database"] });
  assert.equal(model.condition.value, "database away");
  model.merge({ ...status, outages: ["database", "broker"] });
  assert.equal(model.condition.value, "broker away");
});

Deno.test("lost nodes do not count", () => {
  const model = createStatusModel({ ...status, nodes: [node, { ...node, lost: true }] });
  assert.equal(model.nodes.value, 1);
});

Deno.test("a stream is empty only when there never was an article", () => {
  const nothing = { queue_pending: 0, queue_retry: 0, queue_dead: 0, in_flight: 0 };
  const model = createStatusModel(null);
  assert.equal(model.empty.value, false);
  model.merge({ ...status, ...nothing });
  assert.equal(model.empty.value, false);
  model.merge({ ...status, ...nothing, processed_total: 0 });
  assert.equal(model.empty.value, true);
});
