import assert from "node:assert/strict";
import { happenings } from "../../../lib/dashboard/articles/article_history.ts";

const failed = (attempt: number, at: number) => ({
  try: attempt,
  at,
  node: "n",
  reason: "threw",
  error: "e",
  stack: null,
});

Deno.test("happenings() lists results, attempts and requests with their actors, newest first", () => {
  const all = happenings({
    state: "pending",
    createdAt: 1,
    changedAt: 9,
    attempts: [failed(1, 2), failed(2, 4)],
    actions: [{ kind: "retry", at: 3, by: "anna" }, { kind: "process_again", at: 6, by: "bo" }],
    results: [{ at: 5, paragraphs: 2 }, { at: 8, paragraphs: 3 }],
  });
  assert.deepEqual(all.map(({ kind, at }) => [kind, at]), [
    ["waiting", 9],
    ["processed", 8],
    ["acted", 6],
    ["processed", 5],
    ["failed", 4],
    ["acted", 3],
    ["failed", 2],
    ["takenIn", 1],
  ]);
});

Deno.test("happenings() of a new article are its receipt and its waiting state", () => {
  const life = { state: "pending", attempts: [], actions: [], results: [] } as const;
  const all = happenings({ ...life, createdAt: 3, changedAt: 3 });
  assert.deepEqual(all.map(({ kind }) => kind), ["waiting", "takenIn"]);
});

Deno.test("happenings() lists the action that caused the state instead of the state", () => {
  for (const [state, kind] of [["pending", "edit"], ["discarded", "clear"]] as const) {
    const actions = [{ kind, at: 7, by: null }];
    const all = happenings({
      state,
      createdAt: 3,
      changedAt: 7,
      attempts: [],
      results: [],
      actions,
    });
    assert.deepEqual(all.map((each) => each.kind), ["acted", "takenIn"]);
  }
});
