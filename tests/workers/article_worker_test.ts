import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/article_settings.ts";
import { computeBatch } from "../../workers/compute.ts";
import type { WorkerReply, WorkerRequest } from "../../workers/protocol.ts";
import { makeArticle } from "./make_article.ts";

/** An article worker without permissions, used through its protocol. */
class RunningWorker implements Disposable {
  #worker = new Worker(new URL("../../workers/article_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: "none" },
  });

  send(request: WorkerRequest): Promise<WorkerReply> {
    const { promise, resolve, reject } = Promise.withResolvers<WorkerReply>();
    this.#worker.onmessage = ({ data }: MessageEvent<WorkerReply>) => resolve(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    this.#worker.postMessage(request);
    return promise;
  }

  [Symbol.dispose]() {
    this.#worker.terminate();
  }
}

function part(
  number: number,
  { articles = [makeArticle(1)], limitMs = 10_000, singly = false } = {},
): WorkerRequest {
  return { type: "part", part: number, articles, settings: SETTINGS, limitMs, singly };
}

Deno.test("an article worker reports that it is ready once configured", async () => {
  using worker = new RunningWorker();
  assert.deepEqual(await worker.send({ type: "configure", poison: false }), { type: "ready" });
});

Deno.test("an article worker replies to a part with its number", async () => {
  using worker = new RunningWorker();
  await worker.send({ type: "configure", poison: false });
  const articles = [makeArticle(1), makeArticle(2, "[[millrace:throw]]")];
  const reply = await worker.send(part(7, { articles }));
  assert.ok(reply.type === "done");
  assert.equal(reply.part, 7);
  assert.deepEqual(reply.computed.outcomes, computeBatch(articles, SETTINGS).outcomes);
});

Deno.test("an article worker names every article that loops, and has the others' outcomes", async () => {
  using worker = new RunningWorker();
  await worker.send({ type: "configure", poison: true });
  const articles = [1, 2, 3, 4, 5].map((id) =>
    makeArticle(id, id % 2 === 0 ? "[[millrace:loop]]" : "")
  );
  const sound = articles.filter(({ id }) => id % 2 === 1);
  for (const singly of [false, true]) {
    const reply = await worker.send(part(1, { articles, limitMs: 100, singly }));
    assert.ok(reply.type === "done");
    assert.deepEqual(reply.suspects, [2, 4]);
    assert.deepEqual(reply.computed.outcomes, computeBatch(sound, SETTINGS).outcomes);
  }
});

Deno.test("an article worker has the late outcomes of a part that was not interrupted", async () => {
  using worker = new RunningWorker();
  await worker.send({ type: "configure", poison: false });
  const reply = await worker.send(part(1, { limitMs: 0 }));
  assert.ok(reply.type === "done");
  assert.deepEqual(reply.suspects, []);
  assert.equal(reply.computed.outcomes.length, 1);
});
