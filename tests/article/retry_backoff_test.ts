import assert from "node:assert/strict";
import fc from "fast-check";
import { retryDelayMs } from "../../lib/article/retry_backoff.ts";

Deno.test("retryDelayMs() doubles with each attempt", () => {
  const middle = () => 0.5;
  assert.deepEqual([1, 2, 3, 4].map((tries) => retryDelayMs(tries, middle)), [
    1_500,
    3_000,
    6_000,
    12_000,
  ]);
});

Deno.test("retryDelayMs() stays between half of 2^tries seconds and all of it, capped at an hour", () => {
  const unit = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  fc.assert(fc.property(fc.integer({ min: 1, max: 2_000 }), unit, (tries, random) => {
    const whole = Math.min(2 ** tries * 1_000, 3_600_000);
    const delay = retryDelayMs(tries, () => random);
    assert.ok(delay >= whole / 2 && delay <= whole);
  }));
});
