import fc from "fast-check";
import assert from "node:assert/strict";
import { BOUNDS, createHistogram, quantile } from "../../lib/wire/histogram.ts";

Deno.test("quantile() is within a factor of two of the exact value", () => {
  const durations = fc.array(fc.double({ min: 0.001, max: 10_000, noNaN: true }), { minLength: 1 });
  fc.assert(fc.property(durations, fc.constantFrom(0.5, 0.95, 0.99), (all, q) => {
    const histogram = createHistogram();
    for (const seconds of all) histogram.add(seconds);
    const sorted = all.toSorted((a, b) => a - b);
    const exact = sorted[Math.ceil(q * sorted.length) - 1]!;
    const estimate = quantile(histogram.read(), q)!;
    assert.ok(estimate >= exact / 2 - 1e-9 && estimate <= exact * 2 + 1e-9, `${estimate} ${exact}`);
  }));
});

Deno.test("a histogram stays bounded for any durations", () => {
  const histogram = createHistogram();
  for (const seconds of [-1, 0, 1e-9, 1, 1e9, Infinity]) histogram.add(seconds);
  histogram.add(1, 0);
  const { counts } = histogram.read();
  assert.equal(counts.length, BOUNDS.length + 1);
  assert.equal(counts.reduce((sum, count) => sum + count), 6);
  assert.equal(quantile(createHistogram().read(), 0.5), null);
});
