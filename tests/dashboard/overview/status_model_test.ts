import { effect } from "@preact/signals";
import assert from "node:assert/strict";
import { createStatusModel } from "../../../lib/dashboard/overview/status_model.ts";
import { nodeOf, statusOf } from "../../support/statuses.ts";

const status = statusOf({ queue_pending: 156, seq: 10, at: 10_000 });

Deno.test("only changed signals repaint", () => {
  const model = createStatusModel(status);
  const painted: string[] = [];
  const stops = [
    effect(() => void painted.push(`pending ${model.pending.value}`)),
    effect(() => void painted.push(`dead ${model.dead.value}`)),
  ];
  painted.length = 0;
  model.merge({ ...status, queue_pending: 155, seq: 11, at: 10_050 });
  model.merge({ ...status, queue_pending: 155, seq: 12, at: 10_100 });
  assert.deepEqual(painted, ["pending 155"]);
  stops.forEach((stop) => stop());
});

Deno.test("an outdated status is not shown", () => {
  const model = createStatusModel(status);
  model.merge({ ...status, queue_pending: 100, seq: 12, at: 10_100 });
  model.merge({ ...status, queue_pending: 120, seq: 11, at: 10_050 });
  assert.equal(model.pending.value, 100);
});

Deno.test("a status that a requested one has overtaken is not shown, also on a new connection", () => {
  const model = createStatusModel(status);
  const published = { ...status, queue_pending: 120, at: 9_600 };
  assert.equal(model.merge(published), false);
  model.merge({ ...status, queue_pending: 100, at: 10_400 });
  assert.equal(model.merge({ ...published, at: 10_050 }), false);
  assert.equal(model.pending.value, 100);
});

Deno.test("an outage is shown although the clock that timed it is behind", () => {
  const model = createStatusModel(status);
  model.merge({ ...status, seq: 11, at: 10_100 });
  assert.ok(model.merge({ ...status, outages: ["broker"], seq: 11, at: 9_000 }));
});

Deno.test("a restarted sender is accepted, detected by its sequence number or clock", () => {
  const model = createStatusModel(status);
  model.merge({ ...status, queue_pending: 100 });
  model.merge({ ...status, queue_pending: 90, seq: 1, at: 11_000 });
  assert.equal(model.pending.value, 90, "a new broker numbers from the start");
  model.resync();
  model.merge({ ...status, queue_pending: 80, seq: 0, at: 5 });
  assert.equal(model.pending.value, 80, "so does one whose clock is behind, on a new connection");
});

Deno.test("lost nodes are counted separately", () => {
  const model = createStatusModel({ ...status, nodes: [nodeOf(), nodeOf({ lost: true })] });
  assert.deepEqual([model.nodes.value, model.lostNodes.value], [1, 1]);
});
