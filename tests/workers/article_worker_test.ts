import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS as SETTINGS } from "../../lib/article/settings.ts";
import { computeBatch } from "../../workers/compute.ts";
import type { WorkerReply, WorkerRequest } from "../../workers/protocol.ts";
import { makeArticle } from "./make_article.ts";

/** An article worker without permissions, spoken to as the protocol says. */
class RunningWorker implements Disposable {
  #worker = new Worker(new URL("../../workers/article_worker.ts", import.meta.url), {
    type: "module",
    deno: { permissions: "none" },
  });

  ask(request: WorkerRequest): Promise<WorkerReply> {
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

function batch(number: number, articles = [makeArticle(1)], limitMs = 10_000): WorkerRequest {
  return { type: "batch", batch: number, articles, settings: SETTINGS, limitMs };
}

Deno.test("an article worker says that it is ready once it is configured", async () => {
  using worker = new RunningWorker();
  assert.deepEqual(await worker.ask({ type: "configure", poison: false }), { type: "ready" });
});

Deno.test("an article worker answers a batch under its number", async () => {
  using worker = new RunningWorker();
  await worker.ask({ type: "configure", poison: false });
  const articles = [makeArticle(1), makeArticle(2, "[[millrace:throw]]")];
  const reply = await worker.ask(batch(7, articles));
  assert.ok(reply.type === "done");
  assert.equal(reply.batch, 7);
  assert.deepEqual(reply.computed.outcomes, computeBatch(articles, SETTINGS).outcomes);
});

Deno.test("an article worker gives up a batch in time and goes on", async () => {
  using worker = new RunningWorker();
  await worker.ask({ type: "configure", poison: true });
  const poisoned = [makeArticle(1), makeArticle(2, "[[millrace:loop]]")];
  assert.deepEqual(await worker.ask(batch(1, poisoned, 100)), { type: "overran", batch: 1 });
  assert.equal((await worker.ask(batch(2))).type, "done");
});
