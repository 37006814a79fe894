import assert from "node:assert/strict";
import {
  differenceOf,
  highestRate,
  pairSeries,
  partSeries,
} from "../../../lib/dashboard/charts/breakdown_series.ts";
import type { BreakdownPart, BreakdownView } from "../../../lib/wire/breakdown.ts";

const part = (name: string, processed: (number | null)[]): BreakdownPart => ({
  name,
  processed,
  failed: processed.map(() => 5),
  wait: [0.2, null],
  run: [0.036, null],
  total: { processed: 1, failed: 0, wait: null, run: null },
});

const view: BreakdownView = {
  by: "node",
  from: 1_000,
  step_seconds: 5,
  parts: [part("a", [100, null]), part("b", [50, 60])],
  others: part("", [400, 0]),
  names: ["a", "b"],
};

Deno.test("counts become rates per second, and unknown values stay unknown", () => {
  const { at, values } = partSeries(view, view.parts[0]);
  assert.deepEqual(at, [1_000, 6_000]);
  assert.deepEqual(values, { processed: [20, null], failed: [1, 1] });
});

Deno.test("two series share one chart, with waiting time in seconds and processing time in milliseconds", () => {
  assert.deepEqual(pairSeries(view, "processed").values, { a: [20, null], b: [10, 12] });
  assert.deepEqual(pairSeries(view, "wait").values.a, [0.2, null]);
  assert.deepEqual(pairSeries(view, "run").values.b, [36, null]);
});

Deno.test("the scale covers the maximum of all series, including the sum of the others", () => {
  assert.equal(highestRate(view), 80);
  assert.equal(highestRate({ ...view, others: null }), 20);
});

Deno.test("a difference is formatted as a percentage, as a multiple from 2x on, and as none below 5%", () => {
  assert.deepEqual(differenceOf(100, 104), { kind: "same" });
  assert.deepEqual(differenceOf(100, 78), { kind: "percent", by: -22 });
  assert.deepEqual(differenceOf(62, 190), { kind: "times", by: 190 / 62 });
  assert.equal(differenceOf(0, 5), null);
  assert.equal(differenceOf(null, 5), null);
});
