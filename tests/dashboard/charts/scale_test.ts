import assert from "node:assert/strict";
import { timeMarks, valueScale } from "../../../lib/dashboard/charts/scale.ts";

Deno.test("a value axis ends at a round value above the largest", () => {
  assert.deepEqual(valueScale(1_100), { top: 1_500, marks: [0, 500, 1_000, 1_500] });
  assert.deepEqual(valueScale(800).marks, [0, 500, 1_000]);
  assert.deepEqual(valueScale(0).marks, [0, 1]);
});

Deno.test("a time axis labels round times in the local time zone", () => {
  const from = Date.UTC(2026, 10, 26, 9, 31);
  const marks = timeMarks(from, from + 3_600_000);
  assert.deepEqual(marks[0], Date.UTC(2026, 10, 26, 9, 40));
  assert.ok(marks.length <= 6);
  const [first] = timeMarks(from, from + 5 * 86_400_000, { offsetMinutes: 330 });
  assert.equal(first, Date.UTC(2026, 10, 26, 18, 30));
});
