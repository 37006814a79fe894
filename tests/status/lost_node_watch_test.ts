import assert from "node:assert/strict";
import { watchLostNodes } from "../../lib/status/lost_node_watch.ts";
import type { NodeStatus } from "../../lib/wire/processor_status.ts";
import { recordedEvents } from "../support/recorded_events.ts";

function node(name: string, lost: boolean, seenAt: number): NodeStatus {
  return {
    node: name,
    role: "all",
    running: !lost,
    workers: 1,
    in_flight: 0,
    speed: 0,
    seen_at: seenAt,
    lost,
  };
}

Deno.test("a lost node is recorded once, and again if it is lost again", () => {
  const events = recordedEvents();
  const roster = watchLostNodes(events);
  roster.note({ nodes: [node("a", false, 1), node("b", false, 1)] });
  assert.equal(events.recorded.length, 0);
  roster.note({ nodes: [node("a", true, 1), node("b", false, 5)] });
  roster.note({ nodes: [node("a", true, 1), node("b", false, 6)] });
  roster.note({ nodes: [node("a", false, 9)] });
  roster.note({ nodes: [node("a", true, 10)] });
  assert.deepEqual(events.recorded.map(({ subject, details }) => [subject, details.once]), [
    ["a", "lost a 1"],
    ["a", "lost a 10"],
  ]);
});

Deno.test("no node counts as lost while the broker is away", () => {
  const events = recordedEvents();
  watchLostNodes(events).note({ nodes: [node("a", true, 1)], outages: ["broker"] });
  assert.deepEqual(events.recorded, []);
});

Deno.test("a loss is logged once, by the first live node", () => {
  const row = { role: "all", running: true, workers: 1, speed: 0, seen_at: 5 } as const;
  const logged: unknown[] = [];
  const roster = watchLostNodes(
    { record: () => Promise.resolve() },
    ({ node, in_flight }, by) => logged.push([node, in_flight, by]),
  );
  const nodes = [
    { ...row, node: "a", in_flight: 800, lost: true },
    { ...row, node: "b", in_flight: 0, lost: false },
    { ...row, node: "c", in_flight: 0, lost: false },
  ];
  roster.note({ nodes });
  roster.note({ nodes });
  assert.deepEqual(logged, [["a", 800, "b"]]);
});
