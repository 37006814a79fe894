import assert from "node:assert/strict";
import { createBloomFilter } from "../../lib/runtime/bloom_filter.ts";

const MEMBERS = 200_000;

Deno.test("a Bloom filter has no false negatives and few false positives", () => {
  for (const step of [1, 2 ** 33 + 7]) {
    const filter = createBloomFilter(MEMBERS, 1);
    for (let i = 1; i <= MEMBERS; i++) filter.add(i * step);
    let wrong = 0;
    for (let i = 1; i <= MEMBERS; i++) {
      assert.ok(filter.has(i * step));
      if (filter.has((MEMBERS + i) * step)) wrong++;
    }
    assert.ok(wrong < MEMBERS / 100, `${wrong} of ${MEMBERS}`);
  }
});

Deno.test("another seed has other false positives", () => {
  const mistaken = (seed: number) => {
    const filter = createBloomFilter(MEMBERS, seed);
    for (let i = 1; i <= MEMBERS; i++) filter.add(i);
    return Array.from({ length: MEMBERS }, (_, i) => MEMBERS + i + 1).filter(filter.has);
  };
  const second = new Set(mistaken(2));
  assert.ok(mistaken(1).filter((value) => second.has(value)).length < 20);
});
