import assert from "node:assert/strict";
import type { LoadedArticle } from "../../lib/database/load.ts";
import type { Settlement } from "../../lib/database/settle.ts";
import {
  type Computed,
  storeOutcomes,
  type StoreParts,
} from "../../lib/processor/store_outcomes.ts";

function computed(id: number): Computed {
  const loaded: LoadedArticle = {
    id,
    exists: true,
    title: `title ${id}`,
    content: "",
    groupId: 1,
    state: "pending",
    revision: 1,
    tries: 0,
    dueAt: null,
    changedAt: 0,
    due: true,
  };
  return { loaded, outcome: { kind: "processed", id, title: loaded.title, paragraphs: ["p"] } };
}

/** A store that refuses, as a transaction does, whatever holds this article as processed. */
function refusing(refused: number) {
  const written: Settlement[][] = [];
  let processed = 0;
  const parts: StoreParts = {
    store(settlements) {
      if (settlements.some(({ id, kind }) => id === refused && kind === "processed")) {
        return Promise.reject(new Error("invalid byte sequence"));
      }
      written.push(settlements);
      processed += settlements.filter(({ kind }) => kind === "processed").length;
      return Promise.resolve({
        batchId: written.length,
        states: settlements.map(({ id }) => ({
          id,
          state: "processed" as const,
          tries: 0,
          dueAt: null,
          changedAt: 0,
          applied: true,
        })),
        tally: { processed, failed: 0, retried: 0, elapsedMs: 0 },
      });
    },
    retryMax: 3,
    now: () => 1_000,
    random: () => 0,
    signal: new AbortController().signal,
  };
  return { parts, written };
}

Deno.test("storeOutcomes() writes a batch in one transaction", async () => {
  const { parts, written } = refusing(0);
  await storeOutcomes([1, 2, 3].map(computed), parts);
  assert.equal(written.length, 1);
});

Deno.test("an article that Postgres refuses fails alone; its neighbours are done", async () => {
  const { parts } = refusing(5);
  const { settlements, settled } = await storeOutcomes([1, 2, 3, 4, 5, 6, 7].map(computed), parts);
  const failed = settlements.filter(({ kind }) => kind === "failed");
  assert.equal(settlements.length, 7);
  assert.equal(settled.states.length, 7);
  assert.equal(settled.tally.processed, 6);
  assert.equal(failed.length, 1);
  const [culprit] = failed;
  assert.ok(culprit?.kind === "failed");
  assert.equal(culprit.id, 5);
  assert.equal(culprit.next, "retry");
  assert.equal(culprit.dueAt, 2_000);
  assert.match(culprit.failure.message, /Postgres refuses the result: invalid byte sequence/);
});

Deno.test("when the node gives up, nothing is counted as anybody's failure", async () => {
  const { parts } = refusing(5);
  const giveUp = new AbortController();
  giveUp.abort();
  await assert.rejects(
    storeOutcomes([4, 5].map(computed), { ...parts, signal: giveUp.signal }),
    /invalid byte sequence/,
  );
});
