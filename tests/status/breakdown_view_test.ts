import assert from "node:assert/strict";
import { breakDown, type BreakdownInput } from "../../lib/status/breakdown_view.ts";

const FROM = 1_000_000;
const at = (step: number) => FROM + step * 5_000;

const input = (over: Partial<BreakdownInput>): BreakdownInput => ({
  by: "node",
  steps: { from: FROM, stepMs: 5_000, count: 4 },
  rows: [],
  timings: [],
  begin: FROM,
  known: at(4),
  chosen: [],
  ...over,
});

const row = (step: number, name: string | null, processed: number, failed = 0) => ({
  at: at(step),
  name,
  processed,
  failed,
});

Deno.test("a node without a row in a known step has a count of zero", () => {
  const { parts, others } = breakDown(input({ rows: [row(1, "a", 7, 2)] }));
  assert.deepEqual(parts.map(({ name, processed, failed }) => ({ name, processed, failed })), [
    { name: "a", processed: [0, 7, 0, 0], failed: [0, 2, 0, 0] },
  ]);
  assert.deepEqual(parts[0]!.total, { processed: 7, failed: 2, wait: null, run: null });
  assert.equal(others, null);
});

Deno.test("steps before the first stored one, or not stored yet, are unknown", () => {
  const { parts } = breakDown(
    input({ rows: [row(2, "a", 7)], begin: at(1), known: at(3) + 4_999 }),
  );
  assert.deepEqual(parts[0]!.processed, [null, 0, 7, null]);
});

Deno.test("the six busiest are shown individually, and the others as one sum", () => {
  const rows = Array.from({ length: 9 }, (_, n) => row(0, `g${n}`, n + 1));
  const view = breakDown(input({ by: "group", rows: [...rows, row(1, null, 5)] }));
  assert.deepEqual(view.parts.map(({ name }) => name), ["g8", "g7", "g6", "g5", "g4", "g3"]);
  assert.deepEqual(view.others?.processed, [1 + 2 + 3, 5, 0, 0]);
  assert.equal(view.names.length, 9);
});

Deno.test("two chosen series are shown in that order, even if one is empty in the span", () => {
  const view = breakDown(input({ rows: [row(0, "a", 1), row(0, "b", 2)], chosen: ["gone", "a"] }));
  assert.deepEqual(view.parts.map(({ name }) => name), ["gone", "a"]);
  assert.deepEqual(view.parts[0]!.processed, [0, 0, 0, 0]);
  assert.deepEqual(view.others?.processed, [2, 0, 0, 0]);
});

Deno.test("each node has its own percentiles, in each step and over the span", () => {
  const counts = (count: number) => ({ wait: [count], run: [0, 0, 0, 0, count] });
  const { parts } = breakDown(input({
    rows: [row(0, "a", 10), row(0, "b", 10)],
    timings: [
      { at: at(-1), nodes: { a: counts(0), b: counts(0) } },
      { at: at(0), nodes: { a: counts(10) } },
    ],
  }));
  const [a, b] = parts;
  assert.ok(a!.run[0]! > a!.wait[0]!);
  assert.deepEqual(a!.run.slice(1), [null, null, null]);
  assert.equal(a!.total.run!.p95, a!.run[0]);
  assert.deepEqual([b!.run[0], b!.total.run], [null, null]);
});
