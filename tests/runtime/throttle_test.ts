import assert from "node:assert/strict";
import fc from "fast-check";
import { createThrottle } from "../../lib/runtime/throttle.ts";

Deno.test("after a pause, two calls pass immediately, then one per window", () => {
  const throttle = createThrottle();
  for (const [now, waitMs] of [[0, 0], [1, 0], [2, 48], [50, 0], [60, 40]] as const) {
    assert.equal(throttle.waitMs(now, 50), waitMs);
    if (waitMs === 0) throttle.take(now, 50);
  }
  assert.equal(throttle.waitMs(1_000, 50), 0);
});

Deno.test("at most one call per window passes, plus one", () => {
  fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 60 })), (gaps) => {
    const throttle = createThrottle();
    const taken: number[] = [];
    let now = 0;
    for (const gap of gaps) {
      now += gap;
      if (throttle.waitMs(now, 50) > 0) continue;
      throttle.take(now, 50);
      taken.push(now);
    }
    for (const [from, start] of taken.entries()) {
      const later = taken.slice(from);
      const windows = later.filter((at) => at < start + 500).length;
      assert.ok(windows <= 11, `${windows} in ten windows`);
    }
  }));
});

Deno.test("a clock that is set back does not block calls", () => {
  const throttle = createThrottle();
  throttle.take(10_000, 50);
  assert.equal(throttle.waitMs(0, 50), 0);
});
