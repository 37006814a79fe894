import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/article_settings.ts";
import {
  startWorker,
  type WorkerHandle,
  type WorkerHandleOptions,
  WorkerStartError,
} from "../../lib/processor/worker_handle.ts";
import { makeArticle } from "../workers/make_article.ts";

const OPTIONS: WorkerHandleOptions = { poison: true, limitMs: 100, silenceMs: 20_000 };
const LOOP = makeArticle(1, "[[millrace:loop]]");

function start(options: Partial<WorkerHandleOptions> = {}): WorkerHandle & Disposable {
  const worker = startWorker({ ...OPTIONS, ...options });
  return { ...worker, [Symbol.dispose]: worker.end };
}

Deno.test("a worker processes parts in order", async () => {
  using worker = start();
  await worker.ready;
  const ended: number[] = [];
  const runs = [3, 1, 2].map(async (id) => {
    const run = await worker.run([makeArticle(id)], SETTINGS, { singly: false });
    assert.ok(run.kind === "done");
    ended.push(...run.computed.outcomes.map((outcome) => outcome.id));
  });
  await Promise.all(runs);
  assert.deepEqual(ended, [3, 1, 2]);
});

Deno.test("a worker abandons a part that takes too long and continues with the next", async () => {
  using worker = start();
  await worker.ready;
  const [first, second] = await Promise.all([
    worker.run([LOOP], SETTINGS, { singly: false }),
    worker.run([makeArticle(2)], SETTINGS, { singly: false }),
  ]);
  assert.ok(first.kind === "done" && second.kind === "done");
  assert.deepEqual([first.suspects, second.suspects], [[1], []]);
  assert.deepEqual([first, second].map(({ computed }) => computed.outcomes.length), [0, 1]);
});

Deno.test("an unresponsive worker is lost with its current part, not with the next", async () => {
  using worker = start({ limitMs: 6_000 });
  await worker.ready;
  using silent = start({ limitMs: 6_000, silenceMs: 5_000 });
  await silent.ready;
  const [first, second] = await Promise.all([
    silent.run([LOOP], SETTINGS, { singly: false }),
    silent.run([makeArticle(2)], SETTINGS, { singly: false }),
  ]);
  assert.deepEqual(first, { kind: "lost", message: "it sent no message for 5 s" });
  assert.deepEqual(second, { kind: "unstarted" });
  assert.deepEqual(await silent.run([makeArticle(3)], SETTINGS, { singly: false }), {
    kind: "unstarted",
  });
});

Deno.test("terminating a worker interrupts its parts", async () => {
  using worker = start();
  await worker.ready;
  const run = worker.run([LOOP], SETTINGS, { singly: false });
  worker.end();
  worker.end();
  assert.deepEqual(await run, { kind: "unstarted" });
});

Deno.test("a worker that is not ready in time throws", async () => {
  using worker = start({ silenceMs: 1 });
  await assert.rejects(worker.ready, WorkerStartError);
});

Deno.test({
  name: "a worker that cannot be loaded throws",
  permissions: { read: [] },
  async fn() {
    using worker = start();
    await assert.rejects(worker.ready, /Cannot start a worker: .*read access/);
  },
});
