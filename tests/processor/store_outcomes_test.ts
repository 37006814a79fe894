import assert from "node:assert/strict";
import type { LoadedArticle } from "../../lib/database/load_batch.ts";
import { DataRefusedError, UnexplainedRefusalError } from "../../lib/runtime/errors.ts";
import type { Settlement } from "../../lib/database/settle.ts";
import {
  type Computed,
  storeDoubtful,
  storeOutcomes,
  type StoreParts,
} from "../../lib/processor/store_outcomes.ts";

function computed(id: number): Computed {
  const loaded: LoadedArticle = {
    contentKind: null,
    id,
    exists: true,
    title: `title ${id}`,
    content: "",
    groupId: 1,
    state: "pending",
    revision: 1,
    quarantinedBefore: false,
    tries: 0,
    dueInMs: null,
    changedAt: 0,
    due: true,
    waitedMs: 0,
  };
  return { loaded, outcome: { kind: "processed", id, title: loaded.title, paragraphs: ["p"] } };
}

/** A store that rejects every batch with this article as processed, like a transaction. */
function refusing(
  refused: number,
  refusal: () => Error | null = () => new DataRefusedError("invalid byte sequence"),
) {
  const written: Settlement[][] = [];
  const proofs = { count: 0 };
  let processed = 0;
  const parts: StoreParts = {
    proveWritable() {
      proofs.count++;
      return Promise.resolve();
    },
    store(settlements) {
      const error = settlements.some(({ id, kind }) => id === refused && kind === "processed")
        ? refusal()
        : null;
      if (error !== null) return Promise.reject(error);
      written.push(settlements);
      const added = settlements.filter(({ kind }) => kind === "processed").length;
      processed += added;
      return Promise.resolve({
        batchId: written.length,
        states: settlements.map(({ id }) => ({
          id,
          state: "processed" as const,
          tries: 0,
          dueInMs: null,
          changedAt: 0,
          applied: true,
        })),
        tally: { processed, failed: 0, retried: 0, elapsedMs: 0 },
        added: { processed: added, failed: 0, retried: 0, elapsedMs: 0 },
      });
    },
    retryMax: 3,

    random: () => 0,
    signal: new AbortController().signal,
  };
  return { parts, written, proofs };
}

Deno.test("storeOutcomes() writes a batch in one transaction", async () => {
  const { parts, written } = refusing(0);
  await storeOutcomes([1, 2, 3].map(computed), parts);
  assert.equal(written.length, 1);
});

Deno.test("only the article that Postgres rejects fails; the rest of the batch is stored", async () => {
  const { parts } = refusing(5);
  const { settlements, settled } = await storeOutcomes([1, 2, 3, 4, 5, 6, 7].map(computed), parts);
  const failed = settlements.filter(({ kind }) => kind === "failed");
  assert.equal(settlements.length, 7);
  assert.equal(settled?.states.length, 7);
  assert.equal(settled?.tally.processed, 6);
  assert.equal(settled?.added.processed, 6);
  assert.equal(failed.length, 1);
  const [culprit] = failed;
  assert.ok(culprit?.kind === "failed");
  assert.equal(culprit.id, 5);
  assert.equal(culprit.next, "retry");
  assert.equal(culprit.dueInMs, 1_000);
  assert.match(culprit.failure.message, /Postgres refuses the result: invalid byte sequence/);
});

Deno.test("an article is not charged for data that Postgres rejects from every article", async () => {
  for (const batch of [[1], [1, 2, 3]]) {
    let rejects = true;
    const { parts, written } = refusing(
      1,
      () => rejects ? new DataRefusedError("violates check constraint") : null,
    );
    // Resolves when harmless results can be stored, that is, at the end of the outage.
    const proveWritable = () => Promise.resolve(void (rejects = false));
    const { settlements, doubtful } = await storeOutcomes(batch.map(computed), {
      ...parts,
      proveWritable,
    });
    assert.deepEqual(settlements.map(({ kind }) => kind), batch.map(() => "processed"));
    assert.deepEqual(written.flat(), settlements);
    assert.deepEqual(doubtful, []);
  }
});

Deno.test("an article rejected for an unclear reason is doubtful; the rest of the batch is stored", async () => {
  const unclear = () => new UnexplainedRefusalError("internal error");
  const { parts, proofs } = refusing(5, unclear);
  const stored = await storeOutcomes([1, 2, 3, 4, 5, 6, 7].map(computed), parts);
  assert.equal(stored.settled?.tally.processed, 6);
  assert.deepEqual(stored.doubtful.map(({ computed }) => computed.outcome.id), [5]);
  assert.ok(
    proofs.count > 0,
    "Postgres was probed before the batch was bisected",
  );
});

Deno.test("a doubtful article fails after repeated individual rejections", async () => {
  const { parts, proofs } = refusing(5, () => new UnexplainedRefusalError("internal error"));
  const [doubtful] = (await storeOutcomes([computed(5)], parts)).doubtful;
  assert.ok(doubtful);
  const { settlements } = await storeDoubtful(doubtful, parts);
  assert.deepEqual(settlements.map(({ kind }) => kind), ["failed"]);
  assert.equal(proofs.count, 4, "Postgres was probed before each attempt and after the last");
});

Deno.test("a doubtful article that is eventually stored does not fail", async () => {
  let refusals = 2;
  const { parts } = refusing(
    5,
    () => refusals-- > 0 ? new UnexplainedRefusalError("internal error") : null,
  );
  const [doubtful] = (await storeOutcomes([computed(5)], parts)).doubtful;
  assert.ok(doubtful);
  const { settlements } = await storeDoubtful(doubtful, parts);
  assert.deepEqual(settlements.map(({ kind }) => kind), ["processed"]);
});

Deno.test("a failure that Postgres rejects does not block the batch, and is stored without its text", async () => {
  const { parts } = refusing(5);
  const { store } = parts;
  parts.store = (settlements) =>
    settlements.some((each) => each.kind === "failed" && each.failure.message === "unstorable")
      ? Promise.reject(new DataRefusedError("invalid byte sequence"))
      : store(settlements);
  const failure = { reason: "threw" as const, message: "unstorable", stack: null };
  const { loaded } = computed(4);
  const outcomes = [{ loaded, outcome: { kind: "failed" as const, id: 4, failure } }, computed(6)];
  const stored = await storeOutcomes(outcomes, parts);
  assert.deepEqual(stored.settlements.map(({ id }) => id), [6]);
  const [doubtful] = stored.doubtful;
  assert.ok(doubtful);
  const [settlement] = (await storeDoubtful(doubtful, parts)).settlements;
  assert.ok(settlement?.kind === "failed");
  assert.match(settlement.failure.message, /Postgres refuses the result: invalid byte sequence/);
});

Deno.test("when the node aborts, no article fails", async () => {
  const { parts } = refusing(5);
  const giveUp = new AbortController();
  giveUp.abort();
  await assert.rejects(
    storeOutcomes([4, 5].map(computed), { ...parts, signal: giveUp.signal }),
    /invalid byte sequence/,
  );
});
