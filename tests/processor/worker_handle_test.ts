import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/settings.ts";
import {
  startWorker,
  type WorkerHandle,
  type WorkerHandleOptions,
  WorkerStartError,
} from "../../lib/processor/worker_handle.ts";
import { makeArticle } from "../workers/make_article.ts";

const OPTIONS: WorkerHandleOptions = { poison: true, patienceMs: 100, silenceMs: 20_000 };
const LOOP = makeArticle(1, "[[millrace:loop]]");

function start(options: Partial<WorkerHandleOptions> = {}): WorkerHandle & Disposable {
  const worker = startWorker({ ...OPTIONS, ...options });
  return { ...worker, [Symbol.dispose]: worker.end };
}

Deno.test("a worker computes batches in the order it was given them", async () => {
  using worker = start();
  await worker.ready;
  const ended: number[] = [];
  const runs = [3, 1, 2].map(async (id) => {
    const run = await worker.run([makeArticle(id)], SETTINGS);
    assert.ok(run.kind === "done");
    ended.push(...run.computed.outcomes.map((outcome) => outcome.id));
  });
  await Promise.all(runs);
  assert.deepEqual(ended, [3, 1, 2]);
});

Deno.test("a worker gives up what takes too long and goes on with the next batch", async () => {
  using worker = start();
  await worker.ready;
  const [first, second] = await Promise.all([
    worker.run([LOOP], SETTINGS),
    worker.run([makeArticle(2)], SETTINGS),
  ]);
  assert.equal(first.kind, "overran");
  assert.equal(second.kind, "done");
});

Deno.test("a worker that says nothing is lost with the batch it was at, not with the next", async () => {
  using worker = start({ patienceMs: 1_500 });
  await worker.ready;
  using silent = start({ patienceMs: 1_500, silenceMs: 1_000 });
  await silent.ready;
  const [first, second] = await Promise.all([
    silent.run([LOOP], SETTINGS),
    silent.run([makeArticle(2)], SETTINGS),
  ]);
  assert.deepEqual(first, { kind: "lost", message: "it said nothing for 1 s" });
  assert.deepEqual(second, { kind: "interrupted" });
  assert.deepEqual(await silent.run([makeArticle(3)], SETTINGS), { kind: "interrupted" });
});

Deno.test("a worker that is ended interrupts what it has", async () => {
  using worker = start();
  await worker.ready;
  const run = worker.run([LOOP], SETTINGS);
  worker.end();
  worker.end();
  assert.deepEqual(await run, { kind: "interrupted" });
});

Deno.test("a worker that does not get ready in time says so", async () => {
  using worker = start({ silenceMs: 1 });
  await assert.rejects(worker.ready, WorkerStartError);
});

Deno.test({
  name: "a worker that may not be loaded says so",
  permissions: { read: [] },
  async fn() {
    using worker = start();
    await assert.rejects(worker.ready, /Cannot start a worker: .*read access/);
  },
});
