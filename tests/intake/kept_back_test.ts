import assert from "node:assert/strict";
import { createKeptBack } from "../../lib/intake/kept_back.ts";
import { incoming } from "../support/incoming.ts";

Deno.test("articles that were kept back are returned once, by any of their sources", () => {
  const kept = createKeptBack();
  const one = { position: 3, article: incoming({ sources: ["a", "b"] }) };
  const two = { position: 5, article: incoming({ sources: ["b"] }) };
  kept.add(one);
  kept.add(two);
  assert.deepEqual(kept.take(["c"]), []);
  assert.deepEqual(kept.take(["a"]), [one]);
  assert.deepEqual(kept.take(["a", "b"]), [two]);
  assert.deepEqual(kept.take(["b"]), []);
});

Deno.test("only the latest articles that were kept back are in memory", () => {
  const kept = createKeptBack();
  const content = "x".repeat(3 * 1024 * 1024);
  for (const position of [0, 1, 2]) {
    kept.add({ position, article: incoming({ sources: ["s"], content }) });
  }
  assert.deepEqual(kept.take(["s"]).map(({ position }) => position), [1, 2]);
});
