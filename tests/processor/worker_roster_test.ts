import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/article_settings.ts";
import type { Run, WorkerHandle } from "../../lib/processor/worker_handle.ts";
import { type WorkerChange, WorkerRoster } from "../../lib/processor/worker_roster.ts";
import { makeArticle } from "../workers/make_article.ts";

/** A worker whose start and replies are up to the test. */
class FakeWorker implements WorkerHandle {
  readonly #ready = Promise.withResolvers<void>();
  readonly ready = this.#ready.promise;
  readonly runs: { ids: number[]; singly: boolean; reply: (run: Run) => void }[] = [];
  isEnded = false;

  start() {
    this.#ready.resolve();
  }

  fail() {
    this.#ready.reject(new Error("no worker"));
  }

  run(articles: { id: number }[], _: unknown, { singly }: { singly: boolean }): Promise<Run> {
    const { promise, resolve } = Promise.withResolvers<Run>();
    this.runs.push({ ids: articles.map(({ id }) => id), singly, reply: resolve });
    return promise;
  }

  end() {
    this.isEnded = true;
    this.#ready.reject(new Error("ended"));
    for (const { reply } of this.runs) reply({ kind: "unstarted" });
  }
}

function rosterOf(size: number) {
  const workers: FakeWorker[] = [];
  const changes: WorkerChange[] = [];
  const state = { computesSingly: false, now: 0 };
  const roster = new WorkerRoster({
    size,
    poison: false,
    limitMs: 200,
    silenceMs: 30_000,
    computesSingly: () => state.computesSingly,
    startWorker() {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    onChange: (change) => changes.push(change),
    now: () => state.now,
  });
  const run = (...ids: number[]) =>
    roster.run(ids.map((id) => makeArticle(id)), SETTINGS, { ahead: false });
  return { roster, workers, changes, state, run };
}

function done(suspects: number[] = []): Run {
  return { kind: "done", computed: { outcomes: [], cleanMs: 0, annotateMs: 0 }, suspects };
}

const MANY = Array.from({ length: 20 }, (_, id) => id);

/** Lets all promises that are settled call back. */
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

Deno.test("a worker that interrupted many articles works until its successor has started", async () => {
  const { roster, workers, changes, state, run } = rosterOf(1);
  workers[0]!.start();
  await settled();
  const first = run(...MANY);
  await settled();
  workers[0]!.runs[0]!.reply(done(MANY));
  await first;
  assert.equal(workers.length, 2);
  const [second, third] = [run(20), run(21)];
  await settled();
  assert.deepEqual(workers[0]!.runs.map(({ ids }) => ids).slice(1), [[20], [21]]);
  assert.deepEqual(roster.restarts(), { count: 0, ms: 0 });

  state.now = 700;
  workers[1]!.start();
  await settled();
  assert.deepEqual(roster.restarts(), { count: 1, ms: 700 });
  assert.deepEqual(changes.map(({ kind }) => kind), ["started", "replaced", "started"]);
  const fourth = run(22);
  await settled();
  assert.deepEqual(workers[1]!.runs.map(({ ids }) => ids), [[22]]);
  workers[0]!.runs[1]!.reply(done());
  await second;
  assert.equal(workers[0]!.isEnded, false, "it has not finished");
  workers[0]!.runs[2]!.reply(done());
  assert.equal((await third).kind, "done");
  assert.equal(workers[0]!.isEnded, true);
  workers[1]!.runs[0]!.reply(done());
  assert.equal((await fourth).kind, "done");
  assert.equal(workers.length, 2);
  roster.stop();
});

Deno.test("a worker whose successor cannot start works on", async () => {
  const { roster, workers, run } = rosterOf(1);
  workers[0]!.start();
  await settled();
  const first = run(...MANY);
  await settled();
  workers[0]!.runs[0]!.reply(done(MANY));
  await first;
  workers[1]!.fail();
  await settled();
  const second = run(20);
  await settled();
  workers[0]!.runs[1]!.reply(done());
  assert.equal((await second).kind, "done");
  assert.equal(roster.restarts().count, 0);
  roster.stop();
});

Deno.test("a roster that is stopped ends the successor, and the replaced worker that is not done", async () => {
  const { roster, workers, run } = rosterOf(1);
  workers[0]!.start();
  await settled();
  const [first, second] = [run(...MANY), run(20)];
  const stopped = assert.rejects(second, /stopped/);
  await settled();
  workers[0]!.runs[0]!.reply(done(MANY));
  await first;
  workers[1]!.start();
  await settled();
  roster.stop();
  assert.deepEqual(workers.map(({ isEnded }) => isEnded), [true, true]);
  await stopped;
});

Deno.test("a worker that was lost is replaced before it has a successor", async () => {
  const { roster, workers, run } = rosterOf(1);
  workers[0]!.start();
  await settled();
  const first = run(1);
  await settled();
  workers[0]!.runs[0]!.reply({ kind: "lost", message: "gone" });
  assert.deepEqual(await first, { kind: "lost", message: "gone" });
  assert.equal(workers[0]!.isEnded, true);
  assert.deepEqual(roster.rows().map(({ state }) => state), ["starting"]);
  roster.stop();
});

Deno.test("a cautious roster gives each worker one part, to be computed article by article", async () => {
  const { roster, workers, state, run } = rosterOf(2);
  for (const worker of workers) worker.start();
  await settled();
  state.computesSingly = true;
  const runs = [run(1), run(2), run(3)];
  await settled();
  assert.deepEqual(workers.map(({ runs }) => runs.map(({ ids }) => ids)), [[[1]], [[2]]]);
  assert.ok(workers.every(({ runs }) => runs.every(({ singly }) => singly)));
  workers[0]!.runs[0]!.reply(done());
  await settled();
  assert.deepEqual(workers[0]!.runs.map(({ ids }) => ids), [[1], [3]]);
  workers[0]!.runs[1]!.reply(done());
  workers[1]!.runs[0]!.reply(done());
  assert.deepEqual((await Promise.all(runs)).map(({ kind }) => kind), ["done", "done", "done"]);
  roster.stop();
});

Deno.test("a roster that grows starts one worker at a time, and is not delayed by them", async () => {
  const { roster, workers } = rosterOf(1);
  workers[0]!.start();
  roster.resize(3);
  assert.equal(workers.length, 2);
  workers[1]!.start();
  await settled();
  assert.equal(workers.length, 3);
  workers[2]!.start();
  await settled();
  roster.resize(5);
  roster.resize(3);
  roster.resize(4);
  await settled();
  assert.deepEqual(workers.map(({ isEnded }) => isEnded), [false, false, false, true, false]);
  roster.stop();
});
