import assert from "node:assert/strict";
import type { Operation } from "../../lib/database/operations.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import type { FaultArticle } from "../support/fault_articles.ts";
import { byForm, printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import { configure, startTestCluster, statusOf, withServers } from "../support/test_cluster.ts";

const ARTICLES = byForm({ short: 5_000, long: 100_000 });
const RETRIES = 3;
const WITHIN_MS = byForm({ short: 60_000, long: 600_000 });

/** Fails on nodes with poison enabled, and is an ordinary article elsewhere. */
function poisonous(number: number): FaultArticle {
  return {
    source: `bulk-${number}`,
    group: "bulk",
    title: `第 ${number} 篇`,
    content: `<p>这一段有二十多个字，所以留得下来，编号是 ${number}。</p><p>[[millrace:throw]]</p>`,
  };
}

async function requestData(node: Millrace, method: string, path: string, body?: unknown) {
  const headers = { "content-type": "application/json" };
  const init = body === undefined ? { method } : { method, headers, body: JSON.stringify(body) };
  const began = Date.now();
  const response = await (await node.fetch(path, init)).json();
  assert.equal(response.success, true, JSON.stringify(response));
  return { ...response.data, ms: Date.now() - began };
}

/** Retries all failures; returns the operation and its duration in ms. */
async function retryAll(node: Millrace, state: "retry" | "dead"): Promise<
  Pick<Operation, "total" | "done"> & { ms: number }
> {
  const operation = await requestData(node, "POST", "/api/failures/retry", { state });
  assert.notEqual(operation.finished_at, null, "it finished");
  return operation;
}

async function states(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ state: string; articles: number }[]>`
    SELECT state, count(*) AS articles FROM article_states GROUP BY state`;
  return Object.fromEntries(rows.map(({ state, articles }) => [state, articles]));
}

/** A digest of all stored data about dead letters. */
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
  ...withServers(
    "bulk retries while a worker keeps failing, and bulk clearing and undo, survive a kill",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const { sql } = cluster.database;
    const web = await cluster.startNode("web");
    const worker = await cluster.startNode("worker", { MILLRACE_POISON: "on" });
    await configure(web, { retry_max: 10 });
    await importAll(web, Array.from({ length: ARTICLES }, (_, i) => poisonous(i)));
    const all = (state: string) =>
      eventually(async () => assert.deepEqual(await states(sql), { [state]: ARTICLES }), WITHIN_MS);
    await all("retry");

    // The worker keeps failing due retries and retried articles.
    let retried = 0;
    for (let i = 0; i < RETRIES; i++) {
      const { total, done, ms } = await retryAll(web, "retry");
      assert.ok(done <= total && total <= ARTICLES, `${done} of ${total}`);
      if (i === 0) assert.equal(total, ARTICLES);
      retried += done;
      printMeasurement(
        `retry-all over ${total} retries, of which ${total - done} failed first: ${ms} ms`,
      );
    }
    await configure(web, { retry_max: 0 });
    retried += (await retryAll(web, "retry")).done;
    await all("dead");
    // Only a retry resets an article's attempts to the first one.
    assert.equal(
      await firstTries(sql),
      ARTICLES + retried,
      "retried once per request",
    );
    await eventually(async () => assert.equal((await statusOf(web)).queue_dead, ARTICLES));

    const before = await letters(sql);
    const cleared = await requestData(web, "DELETE", "/api/processor/dead-queue");
    assert.equal(cleared.count, ARTICLES);
    assert.deepEqual(await states(sql), { discarded: ARTICLES });
    assert.equal((await statusOf(web)).queue_dead, 0);
    const undone = await requestData(web, "POST", `/api/operations/${cleared.operation}/undo`);
    assert.equal(undone.done, ARTICLES);
    assert.deepEqual(await states(sql), { dead: ARTICLES });
    assert.equal((await statusOf(web)).queue_dead, ARTICLES);
    assert.equal(await letters(sql), before, "dead letters are restored unchanged");
    printMeasurement(
      `${ARTICLES} dead cleared in ${cleared.ms} ms, brought back in ${undone.ms} ms`,
    );

    await worker.kill("SIGTERM");
    await cluster.startNode("worker");
    assert.equal((await retryAll(web, "dead")).done, ARTICLES);
    await audit({
      sql,
      articles: ARTICLES,
      revived: ARTICLES,
      broker: cluster.broker,
      status: () => statusOf(web),
      withinMs: WITHIN_MS,
    });
  },
});
