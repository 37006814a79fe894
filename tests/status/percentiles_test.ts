import assert from "node:assert/strict";
import { timingsOf } from "../../lib/status/percentiles.ts";

const at = (seconds: number, nodes: Record<string, number[]>) => ({
  at: seconds * 1_000,
  nodes: Object.fromEntries(
    Object.entries(nodes).map(([node, run]) => [node, { wait: [], run }]),
  ),
});

Deno.test("percentiles cover the counts of a step over all nodes", () => {
  const [first, second] = timingsOf([
    at(0, { a: [100, 0] }),
    at(5, { a: [100, 50], b: [50] }),
    at(10, { a: [100, 50], b: [50] }),
  ]);
  assert.equal(first?.wait, null);
  assert.ok(first?.run !== null && first!.run.p50 <= 2 ** -12);
  assert.ok(first!.run.p99 > 2 ** -12 && first!.run.p99 <= 2 ** -11);
  assert.deepEqual(second, { at: 10_000, wait: null, run: null });
});

Deno.test("a restarted node counts from zero", () => {
  const [step] = timingsOf([at(0, { a: [0, 900] }), at(5, { a: [10] })]);
  assert.ok(step!.run!.p99 <= 2 ** -12);
});
