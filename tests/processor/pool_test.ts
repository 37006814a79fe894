import assert from "node:assert/strict";
import type { RawArticle } from "../../lib/article/article.ts";
import type { Outcome } from "../../lib/article/outcome.ts";
import { processArticle } from "../../lib/article/process.ts";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/settings.ts";
import { createWorkerPool, type ProcessedCall } from "../../lib/processor/pool.ts";
import { WorkerStartError } from "../../lib/processor/worker_handle.ts";
import { PoolStoppedError, type WorkerChange } from "../../lib/processor/worker_roster.ts";
import { makeArticle } from "../workers/make_article.ts";

function makeArticles(count: number, extras: Record<number, string> = {}): RawArticle[] {
  return Array.from({ length: count }, (_, id) => makeArticle(id, extras[id]));
}

function expected(article: RawArticle): Outcome {
  return { kind: "processed", id: article.id, ...processArticle(article, SETTINGS) };
}

/** The outcomes of all articles, those in quarantine included, by their ids. */
async function allOutcomes({ outcomes, quarantined }: ProcessedCall): Promise<Outcome[]> {
  const later = await Promise.all(quarantined);
  return [...outcomes, ...later.flatMap((one) => one.outcomes)].sort((a, b) => a.id - b.id);
}

/** Why each article failed that did. */
function failures(outcomes: Outcome[]): Record<number, string> {
  return Object.fromEntries(
    outcomes.flatMap((one) => one.kind === "failed" ? [[one.id, one.failure.reason]] : []),
  );
}

Deno.test("a pool answers one outcome for each article, in order", async () => {
  await using pool = createWorkerPool({ size: 2 });
  const articles = makeArticles(130);
  const { outcomes, cleanMs, annotateMs, elapsedMs } = await pool.process(articles, SETTINGS);
  assert.deepEqual(outcomes, articles.map(expected));
  assert.ok(cleanMs > 0 && annotateMs > 0 && elapsedMs > 0);
});

Deno.test("a pool answers nothing for nothing", async () => {
  await using pool = createWorkerPool({ size: 1 });
  assert.deepEqual((await pool.process([], SETTINGS)).outcomes, []);
});

Deno.test("a pool computes several batches side by side", async () => {
  await using pool = createWorkerPool({ size: 2 });
  const articles = makeArticles(60);
  const all = await Promise.all([1, 2, 3].map(() => pool.process(articles, SETTINGS)));
  for (const { outcomes } of all) assert.deepEqual(outcomes, articles.map(expected));
});

Deno.test("a pool lets only the article fail that throws, hangs or takes all memory", async () => {
  await using pool = createWorkerPool({ size: 2, poison: true });
  const poisons = ["[[millrace:throw]]", "[[millrace:loop]]", "[[millrace:allocate]]"];
  // A loop lasts as long as it may; a hoard needs some time to grow.
  const limits = [5_000, 300, 30_000];
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

Deno.test("a pool names the time limit of the article that passed it", async () => {
  await using pool = createWorkerPool({ size: 1, poison: true });
  pool.setTimeLimit(300);
  const call = await pool.process([makeArticle(1, "[[millrace:loop]]")], SETTINGS);
  const [outcome] = await allOutcomes(call);
  assert.ok(outcome?.kind === "failed");
  assert.match(outcome.failure.message, /takes longer than 0.3 s/);
});

Deno.test("a pool has a call's other articles before the one in quarantine", async () => {
  await using pool = createWorkerPool({ size: 1, poison: true, timeLimitMs: 60_000 });
  const abort = new AbortController();
  const articles = makeArticles(30, { 7: "[[millrace:loop]]" });
  const { outcomes, quarantined } = await pool.process(articles, SETTINGS, abort.signal);
  assert.deepEqual(outcomes, articles.filter(({ id }) => id !== 7).map(expected));
  assert.equal(quarantined.length, 1);
  abort.abort(new Error("enough"));
  await assert.rejects(quarantined[0]!, /enough/);
});

Deno.test("a pool knows no poison unless it is told", async () => {
  await using pool = createWorkerPool({ size: 1 });
  const article = makeArticle(1, "[[millrace:loop]]");
  assert.deepEqual((await pool.process([article], SETTINGS)).outcomes, [expected(article)]);
});

Deno.test("a pool has patience with an article that is merely long", async () => {
  await using pool = createWorkerPool({ size: 1 });
  const long = makeArticle(
    1,
    "<p>银行门口的行人停下来，看河水推着木轮慢慢地转。</p>".repeat(200_000),
  );
  const outcomes = await allOutcomes(await pool.process([makeArticle(0), long], SETTINGS));
  assert.deepEqual(outcomes.map(({ kind }) => kind), ["processed", "processed"]);
});

Deno.test("a pool replaces a worker that hung, and tells", async () => {
  const changes: WorkerChange[] = [];
  await using pool = createWorkerPool({
    size: 1,
    poison: true,
    timeLimitMs: 50,
    onWorkerChange: (change) => changes.push(change),
  });
  await allOutcomes(await pool.process([makeArticle(1, "[[millrace:loop]]")], SETTINGS));
  await pool.process([makeArticle(2)], SETTINGS);
  assert.deepEqual(changes, [
    { kind: "started", id: 1 },
    { kind: "replaced", id: 1, why: "it took too long over a batch" },
    { kind: "started", id: 1 },
  ]);
});

Deno.test("a pool shows what its workers do and did", async () => {
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

Deno.test("a pool grows and shrinks", async () => {
  await using pool = createWorkerPool({ size: 1 });
  await pool.ready();
  pool.resize(3);
  await pool.ready();
  assert.equal(pool.workers().length, 3);
  pool.resize(1);
  assert.deepEqual(pool.workers().map(({ id }) => id), [1]);
  assert.equal((await pool.process(makeArticles(50), SETTINGS)).outcomes.length, 50);
});

Deno.test("a pool that shrinks lets a busy worker finish", async () => {
  await using pool = createWorkerPool({ size: 2 });
  await pool.ready();
  const computing = pool.process(makeArticles(100), SETTINGS);
  await Promise.resolve();
  pool.resize(1);
  assert.equal((await computing).outcomes.length, 100);
  assert.deepEqual(pool.workers().map(({ id }) => id), [1]);
});

Deno.test("a pool that is stopped rejects what is unfinished and what comes", async () => {
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

Deno.test("a pool gives up a call when its signal says so", async () => {
  await using pool = createWorkerPool({ size: 1 });
  await pool.ready();
  const abort = new AbortController();
  const computing = pool.process(makeArticles(100), SETTINGS, abort.signal);
  abort.abort(new Error("enough"));
  await assert.rejects(computing, /enough/);
  assert.equal((await pool.process([makeArticle(2)], SETTINGS)).outcomes[0]?.kind, "processed");
});

Deno.test({
  name: "a pool that cannot start a worker says so and fails no article",
  permissions: { read: [] },
  async fn() {
    await using pool = createWorkerPool({ size: 1 });
    await assert.rejects(pool.process(makeArticles(1), SETTINGS), WorkerStartError);
    await assert.rejects(pool.process(makeArticles(1), SETTINGS), WorkerStartError);
  },
});
