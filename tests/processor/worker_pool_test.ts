import assert from "node:assert/strict";
import type { RawArticle } from "../../lib/article/article.ts";
import type { Outcome } from "../../lib/article/outcome.ts";
import { processArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/article_settings.ts";
import { createWorkerPool, type ProcessedCall } from "../../lib/processor/worker_pool.ts";
import { WorkerStartError } from "../../lib/processor/worker_handle.ts";
import { PoolStoppedError, type WorkerChange } from "../../lib/processor/worker_roster.ts";
import { eventually } from "../support/eventually.ts";
import { makeArticle } from "../workers/make_article.ts";

const LOOP = "[[millrace:loop]]";
/** So many that the pool starts its spares. */
const MANY = [0, 2, 4, 6, 8, 10, 12, 14];

function makeArticles(count: number, extras: Record<number, string> = {}): RawArticle[] {
  return Array.from({ length: count }, (_, id) => makeArticle(id, extras[id]));
}

function expected(article: RawArticle): Outcome {
  return { kind: "processed", id: article.id, ...processArticle(article, SETTINGS) };
}

/** The outcomes of all articles by id, including those in quarantine. */
async function allOutcomes({ outcomes, quarantined }: ProcessedCall): Promise<Outcome[]> {
  const later = await Promise.all(quarantined);
  return [...outcomes, ...later.flatMap((one) => one.outcomes)].sort((a, b) => a.id - b.id);
}

/** The failure reasons by id. */
function failures(outcomes: Outcome[]): Record<number, string> {
  return Object.fromEntries(
    outcomes.flatMap((one) => one.kind === "failed" ? [[one.id, one.failure.reason]] : []),
  );
}

Deno.test("a pool returns one outcome per article, in order", async () => {
  await using pool = createWorkerPool({ size: 2 });
  const articles = makeArticles(130);
  const { outcomes, cleanMs, annotateMs, elapsedMs } = await pool.process(articles, SETTINGS);
  assert.deepEqual(outcomes, articles.map(expected));
  assert.ok(cleanMs > 0 && annotateMs > 0 && elapsedMs > 0);
});

Deno.test("a pool returns no outcomes for an empty batch", async () => {
  await using pool = createWorkerPool({ size: 1 });
  assert.deepEqual((await pool.process([], SETTINGS)).outcomes, []);
});

Deno.test("a pool processes batches concurrently", async () => {
  await using pool = createWorkerPool({ size: 2 });
  const articles = makeArticles(60);
  const all = await Promise.all([1, 2, 3].map(() => pool.process(articles, SETTINGS)));
  for (const { outcomes } of all) assert.deepEqual(outcomes, articles.map(expected));
});

Deno.test("only the article that throws, hangs or exhausts memory fails", async () => {
  await using pool = createWorkerPool({ size: 2, poison: true });
  const poisons = ["[[millrace:throw]]", "[[millrace:loop]]", "[[millrace:allocate]]"];
  // A loop runs until the time limit; memory takes some time to grow.
  const limits = [5_000, 1_500, 30_000];
  for (const [index, reason] of ["threw", "timed_out", "crashed"].entries()) {
    pool.setTimeLimit(limits[index]!);
    const articles = makeArticles(45, { 33: poisons[index]! });
    const outcomes = await allOutcomes(await pool.process(articles, SETTINGS));
    assert.deepEqual(failures(outcomes), { 33: reason });
    assert.deepEqual(outcomes.map(({ id }) => id), articles.map(({ id }) => id));
    assert.deepEqual(
      outcomes.filter(({ kind }) => kind === "processed"),
      articles.filter(({ id }) => id !== 33).map(expected),
    );
  }
  const articles = makeArticles(45);
  assert.deepEqual((await pool.process(articles, SETTINGS)).outcomes, articles.map(expected));
});

Deno.test("a timeout error contains the time limit", async () => {
  await using pool = createWorkerPool({ size: 1, poison: true });
  pool.setTimeLimit(300);
  const call = await pool.process([makeArticle(1, "[[millrace:loop]]")], SETTINGS);
  const [outcome] = await allOutcomes(call);
  assert.ok(outcome?.kind === "failed");
  assert.match(outcome.failure.message, /takes longer than 0.3 s/);
});

Deno.test("the other articles of a call are returned before the one in quarantine", async () => {
  await using pool = createWorkerPool({ size: 1, poison: true, timeLimitMs: 60_000 });
  const abort = new AbortController();
  const articles = makeArticles(30, { 7: "[[millrace:loop]]" });
  const { outcomes, quarantined } = await pool.process(articles, SETTINGS, {
    signal: abort.signal,
  });
  assert.deepEqual(outcomes, articles.filter(({ id }) => id !== 7).map(expected));
  assert.equal(quarantined.length, 1);
  abort.abort(new Error("enough"));
  await assert.rejects(quarantined[0]!, /enough/);
});

Deno.test("poison is disabled by default", async () => {
  await using pool = createWorkerPool({ size: 1 });
  const article = makeArticle(1, "[[millrace:loop]]");
  assert.deepEqual((await pool.process([article], SETTINGS)).outcomes, [expected(article)]);
});

Deno.test("a long article does not time out", async () => {
  await using pool = createWorkerPool({ size: 1 });
  const long = makeArticle(
    1,
    "<p>银行门口的行人停下来，看河水推着木轮慢慢地转。</p>".repeat(200_000),
  );
  const outcomes = await allOutcomes(await pool.process([makeArticle(0), long], SETTINGS));
  assert.deepEqual(outcomes.map(({ kind }) => kind), ["processed", "processed"]);
});

Deno.test("a pool replaces a worker that interrupted many articles, and reports it", async () => {
  const changes: WorkerChange[] = [];
  await using pool = createWorkerPool({
    size: 1,
    poison: true,
    onWorkerChange: (change) => changes.push(change),
  });
  const abort = new AbortController();
  const loops = Array.from({ length: 20 }, (_, id) => makeArticle(id, "[[millrace:loop]]"));
  const { outcomes, quarantined } = await pool.process(loops, SETTINGS, { signal: abort.signal });
  assert.deepEqual([outcomes.length, quarantined.length], [0, 20]);
  abort.abort();
  await Promise.allSettled(quarantined);
  await eventually(() => assert.equal(pool.restarts().count, 1), 60_000);
  assert.ok(pool.restarts().ms > 0);
  assert.deepEqual(changes.filter(({ id }) => id === 1), [
    { kind: "started", id: 1 },
    { kind: "replaced", id: 1, why: "it interrupted 20 articles" },
    { kind: "started", id: 1 },
  ]);
});

Deno.test("a pool has more workers while many articles loop", async () => {
  await using pool = createWorkerPool({ size: 1, poison: true });
  const abort = new AbortController();
  const articles = makeArticles(20, Object.fromEntries(MANY.map((id) => [id, LOOP])));
  const { outcomes, quarantined } = await pool.process(articles, SETTINGS, {
    signal: abort.signal,
  });
  assert.deepEqual(outcomes, articles.filter(({ id }) => !MANY.includes(id)).map(expected));
  assert.equal(pool.held(), MANY.length);
  await pool.ready();
  assert.equal(pool.workers().length, 5);
  pool.resize(2);
  await pool.ready();
  assert.equal(pool.workers().length, 6);
  abort.abort();
  await Promise.allSettled(quarantined);
  assert.equal(pool.held(), 0);
});

Deno.test("a pool reports the current and past work of its workers", async () => {
  await using pool = createWorkerPool({ size: 2, poison: true, now: () => 1_000 });
  assert.deepEqual(pool.workers().map(({ id, state }) => [id, state]), [
    [1, "starting"],
    [2, "starting"],
  ]);
  await pool.ready();
  const computing = pool.process(makeArticles(30, { 3: "[[millrace:throw]]" }), SETTINGS);
  await Promise.resolve();
  assert.deepEqual(pool.workers().map(({ state }) => state), ["busy", "busy"]);
  assert.deepEqual(pool.workers().map(({ articles }) => articles), [20, 10]);
  await computing;
  const rows = pool.workers();
  assert.deepEqual(rows.map(({ state, articles, since }) => [state, articles, since]), [
    ["idle", 0, 1_000],
    ["idle", 0, 1_000],
  ]);
  assert.deepEqual(rows.map(({ processed, failed }) => [processed, failed]), [[19, 1], [10, 0]]);
  assert.ok(rows.every(({ averageMs }) => averageMs > 0));
});

Deno.test("a pool can be resized", async () => {
  await using pool = createWorkerPool({ size: 1 });
  await pool.ready();
  pool.resize(3);
  await pool.ready();
  assert.equal(pool.workers().length, 3);
  pool.resize(1);
  assert.deepEqual(pool.workers().map(({ id }) => id), [1]);
  assert.equal((await pool.process(makeArticles(50), SETTINGS)).outcomes.length, 50);
});

Deno.test("a shrinking pool waits for busy workers", async () => {
  await using pool = createWorkerPool({ size: 2 });
  await pool.ready();
  const computing = pool.process(makeArticles(100), SETTINGS);
  await Promise.resolve();
  pool.resize(1);
  assert.equal((await computing).outcomes.length, 100);
  assert.deepEqual(pool.workers().map(({ id }) => id), [1]);
});

Deno.test("a stopped pool rejects unfinished and new calls", async () => {
  const pool = createWorkerPool({ size: 1, poison: true });
  await pool.ready();
  const unfinished = assert.rejects(
    pool.process(makeArticles(90, { 0: "[[millrace:loop]]" }), SETTINGS),
    PoolStoppedError,
  );
  await pool.stop();
  await pool.stop();
  await unfinished;
  await assert.rejects(pool.process(makeArticles(1), SETTINGS), PoolStoppedError);
  assert.deepEqual(pool.workers(), []);
});

Deno.test("an abort signal cancels a call", async () => {
  await using pool = createWorkerPool({ size: 1 });
  await pool.ready();
  const abort = new AbortController();
  const computing = pool.process(makeArticles(100), SETTINGS, { signal: abort.signal });
  abort.abort(new Error("enough"));
  await assert.rejects(computing, /enough/);
  assert.equal((await pool.process([makeArticle(2)], SETTINGS)).outcomes[0]?.kind, "processed");
});

Deno.test({
  name: "a pool that cannot start a worker throws, and no article fails",
  permissions: { read: [] },
  async fn() {
    await using pool = createWorkerPool({ size: 1 });
    await assert.rejects(pool.process(makeArticles(1), SETTINGS), WorkerStartError);
    await assert.rejects(pool.process(makeArticles(1), SETTINGS), WorkerStartError);
  },
});
