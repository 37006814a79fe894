import assert from "node:assert/strict";
import type { Operation } from "../../lib/database/operations.ts";
import type { Sql } from "../../lib/database/client.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import type { FaultArticle } from "../support/fault_articles.ts";
import { byForm, tell } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { configure, onStage, setStage, statusOf } from "../support/stage.ts";

const ARTICLES = byForm({ short: 5_000, long: 100_000 });
const RETRIES = 3;
const WITHIN_MS = byForm({ short: 60_000, long: 600_000 });

/** Fails wherever poison works, and is an article like any other elsewhere. */
function poisonous(number: number): FaultArticle {
  return {
    source: `bulk-${number}`,
    group: "bulk",
    title: `第 ${number} 篇`,
    content: `<p>这一段有二十多个字，所以留得下来，编号是 ${number}。</p><p>[[millrace:throw]]</p>`,
  };
}

async function ask(node: Millrace, method: string, path: string, body?: unknown) {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const began = Date.now();
  const answer = await (await node.fetch(path, init)).json();
  assert.equal(answer.success, true, JSON.stringify(answer));
  return { ...answer.data, ms: Date.now() - began };
}

/** Retries all that failed, and answers the operation, with the time it took in ms. */
async function retryAll(node: Millrace, state: "retry" | "dead"): Promise<
  Pick<Operation, "total" | "done"> & { ms: number }
> {
  const operation = await ask(node, "POST", "/api/failures/retry", { state });
  assert.notEqual(operation.finished_at, null, "it came to an end");
  return operation;
}

async function states(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ state: string; articles: number }[]>`
    SELECT state, count(*) AS articles FROM article_states GROUP BY state`;
  return Object.fromEntries(rows.map(({ state, articles }) => [state, articles]));
}

/** All that is kept of the dead letters, in one word. */
async function letters(sql: Sql): Promise<string> {
  const [row] = await sql<{ digest: string }[]>`
    SELECT md5(string_agg(concat_ws('|', article_id, tries, reason, error, stack, fingerprint,
      first_failed_at, last_failed_at), chr(10) ORDER BY article_id)) AS digest
    FROM article_states WHERE state = 'dead'`;
  return row!.digest;
}

async function firstTries(sql: Sql): Promise<number> {
  const [row] = await sql<{ tries: number }[]>`
    SELECT count(*) AS tries FROM attempts WHERE try = 1`;
  return row!.tries;
}

Deno.test({
  ...onStage(
    "all retries are retried while a worker fails them on; all dead are cleared and undone",
  ),
  async fn() {
    await using stage = await setStage();
    const { sql } = stage.database;
    const web = await stage.node("web");
    const worker = await stage.node("worker", { MILLRACE_POISON: "on" });
    await configure(web, { retry_max: 10 });
    await importAll(web, Array.from({ length: ARTICLES }, (_, i) => poisonous(i)));
    const all = (state: string) =>
      eventually(async () => assert.deepEqual(await states(sql), { [state]: ARTICLES }), WITHIN_MS);
    await all("retry");

    // The worker goes on failing what is due, and what each retry hands it.
    let retried = 0;
    for (let i = 0; i < RETRIES; i++) {
      const { total, done, ms } = await retryAll(web, "retry");
      assert.ok(done <= total && total <= ARTICLES, `${done} of ${total}`);
      if (i === 0) assert.equal(total, ARTICLES);
      retried += done;
      tell(`retry-all over ${total} retries, of which ${total - done} failed first: ${ms} ms`);
    }
    await configure(web, { retry_max: 0 });
    retried += (await retryAll(web, "retry")).done;
    await all("dead");
    // Each retry makes an article fail for the first time once more, and nothing else does.
    assert.equal(
      await firstTries(sql),
      ARTICLES + retried,
      "retried once for each time it was asked",
    );
    await eventually(async () => assert.equal((await statusOf(web)).queue_dead, ARTICLES));

    const before = await letters(sql);
    const cleared = await ask(web, "DELETE", "/api/processor/dead-queue");
    assert.equal(cleared.count, ARTICLES);
    assert.deepEqual(await states(sql), { discarded: ARTICLES });
    assert.equal((await statusOf(web)).queue_dead, 0);
    const undone = await ask(web, "POST", `/api/operations/${cleared.operation}/undo`);
    assert.equal(undone.done, ARTICLES);
    assert.deepEqual(await states(sql), { dead: ARTICLES });
    assert.equal((await statusOf(web)).queue_dead, ARTICLES);
    assert.equal(await letters(sql), before, "dead letters come back as they were");
    tell(`${ARTICLES} dead cleared in ${cleared.ms} ms, brought back in ${undone.ms} ms`);

    await worker.kill("SIGTERM");
    await stage.node("worker");
    assert.equal((await retryAll(web, "dead")).done, ARTICLES);
    await audit({
      sql,
      articles: ARTICLES,
      revived: ARTICLES,
      broker: stage.broker,
      status: () => statusOf(web),
      withinMs: WITHIN_MS,
    });
  },
});
