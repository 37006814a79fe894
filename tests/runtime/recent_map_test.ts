import assert from "node:assert/strict";
import fc from "fast-check";
import { createRecentMap } from "../../lib/runtime/recent_map.ts";

Deno.test("the map has the entries that were set last, with their latest values", () => {
  const entries = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer()));
  fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), entries, (count, given) => {
    const map = createRecentMap<number, number>(count);
    for (const [key, value] of given) map.set(key, value);
    const last = new Map(given.slice(-count));
    for (const [key, value] of last) assert.equal(map.get(key), value);
  }));
});

Deno.test("the map forgets what was set long ago", () => {
  const map = createRecentMap<number, string>(3);
  for (let key = 0; key < 9; key++) map.set(key, "value");
  assert.deepEqual([0, 1, 2].map((key) => map.get(key)), [undefined, undefined, undefined]);
});
