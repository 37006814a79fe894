import assert from "node:assert/strict";
import fc from "fast-check";
import { splitBatch } from "../../lib/processor/split_batch.ts";

function articles(lengths: number[]) {
  return lengths.map((length, id) => ({
    id,
    groupId: 1,
    title: "",
    content: "x".repeat(length),
    contentKind: null,
  }));
}

Deno.test("splitBatch() returns parts of at most twenty articles", () => {
  assert.deepEqual(splitBatch(articles(new Array(45).fill(10))).map(({ length }) => length), [
    20,
    20,
    5,
  ]);
  assert.deepEqual(splitBatch([]), []);
});

Deno.test("splitBatch() separates long articles", () => {
  const lengths = [10, 150_000, 100_000, 500_000, 10];
  assert.deepEqual(splitBatch(articles(lengths)).map((part) => part.map(({ id }) => id)), [
    [0, 1],
    [2],
    [3],
    [4],
  ]);
});

Deno.test("splitBatch() keeps all articles in order", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(300_000), { maxLength: 70 }), (lengths) => {
      const all = articles(lengths);
      const parts = splitBatch(all);
      assert.deepEqual(parts.flat(), all);
      assert.ok(parts.every((part) => part.length > 0));
    }),
    { numRuns: 30 },
  );
});
