import assert from "node:assert/strict";
import { happenings } from "../../lib/dashboard/article_history.ts";

const failed = (attempt: number, at: number) => ({
  try: attempt,
  at,
  node: "n",
  reason: "threw",
  error: "e",
  stack: null,
});

Deno.test("happenings() tells an article's life, newest first", () => {
  const told = happenings({
    state: "pending",
    createdAt: 1,
    changedAt: 9,
    processedAt: 5,
    paragraphs: 2,
    attempts: [failed(1, 2), failed(2, 4)],
  });
  assert.deepEqual(told.map(({ kind, at }) => [kind, at]), [
    ["waiting", 9],
    ["processed", 5],
    ["failed", 4],
    ["failed", 2],
    ["takenIn", 1],
  ]);
});

Deno.test("happenings() of a new article are that it was taken in, and waits", () => {
  const life = { state: "pending", processedAt: null, paragraphs: null, attempts: [] } as const;
  const told = happenings({ ...life, createdAt: 3, changedAt: 3 });
  assert.deepEqual(told.map(({ kind }) => kind), ["waiting", "takenIn"]);
});
