import assert from "node:assert/strict";
import { openClient, type Sql } from "../../lib/database/postgres_client.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { byForm, pause, printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import {
  command,
  configure,
  startTestCluster,
  statusOf,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

const ARTICLES = byForm({ short: 1_200, long: 12_000 });
const REFUSING_MS = byForm({ short: 3_000, long: 20_000 });
const MARK = "[[refused by the server]]";

/** Runs statements over a separate connection that can write regardless of the role's default. */
async function asOwner(url: string, work: (sql: Sql) => Promise<unknown>) {
  const sql = openClient({ address: { url }, max: 1 });
  try {
    await sql`SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE`;
    await work(sql);
  } finally {
    await sql.end();
  }
}

/** Rejects rows of `contents` with an SQLSTATE: all rows, or those that contain a text. */
const refuse = (url: string, code: string, only = "") =>
  asOwner(url, (sql) =>
    sql.unsafe(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = '${code}'; END $$;
      CREATE TRIGGER refuse BEFORE INSERT ON contents FOR EACH ROW
        WHEN (strpos(NEW.content, '${only}') > 0 OR '${only}' = '') EXECUTE FUNCTION refuse()`));

const accept = (url: string) => asOwner(url, (sql) => sql`DROP FUNCTION refuse CASCADE`);

async function assertNotReady(node: Millrace) {
  await eventually(async () => {
    const response = await node.fetch("/readyz");
    const { message = "" } = await response.json();
    assert.equal(response.status, 503);
    assert.match(message, /database/);
  }, 20_000);
}

// 53100: disk full; 58030: I/O error; 55P03: locked; XX000: internal error, but for every row; 23514: a constraint that
// every row violates.
for (
  const code of byForm({
    short: ["53100", "23514"],
    long: ["53100", "58030", "55P03", "XX000", "23514"],
  })
) {
  Deno.test({
    ...withServers(
      `Postgres that rejects every write with ${code} is an outage, and no article fails`,
    ),
    async fn() {
      await using cluster = await startTestCluster();
      const node = await cluster.startNode("all");
      const importing = importAll(node, await faultArticles(ARTICLES));
      await waitUntilProcessing(cluster, node);
      await refuse(cluster.postgres.url, code);
      await assertNotReady(node);
      await pause(REFUSING_MS);
      const { running, nodes } = await statusOf(node);
      assert.equal(running, false);
      assert.deepEqual(nodes.map(({ outages }) => outages), [["database"]]);
      await accept(cluster.postgres.url);
      const back = Date.now();
      await importing;
      const { attempts } = await audit({
        sql: cluster.database.sql,
        articles: ARTICLES,
        broker: cluster.broker,
        status: () => statusOf(node),
      });
      assert.equal(attempts, 0, "an outage does not count as a failed attempt");
      assert.equal(node.log().match(/The database is unreachable/g)?.length, 1);
      printMeasurement(`${code}: at rest ${Date.now() - back} ms after its end`);
    },
  });
}

Deno.test({
  ...withServers(
    "an article's row that another program has locked is an outage, and no article fails",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");
    await command(node, "stop");
    await importAll(node, await faultArticles(300));
    await asOwner(cluster.postgres.url, (sql) =>
      sql.begin(async (foreign) => {
        await foreign`SELECT FROM article_states WHERE article_id = 150 FOR UPDATE`;
        await command(node, "start");
        await assertNotReady(node);
        assert.match(node.log(), /The database is unreachable.*lock timeout/);
      }));
    const { attempts } = await audit({
      sql: cluster.database.sql,
      articles: 300,
      broker: cluster.broker,
      status: () => statusOf(node),
    });
    assert.equal(attempts, 0, "an outage does not count as a failed attempt");
  },
});

// Unclear reasons and rejected data, while the neighbors are sound.
for (
  const code of byForm({
    short: ["XX000", "22021"],
    long: [
      "XX000",
      "XX001",
      "P0001",
      "42703",
      "0A000",
      "22021",
      "22P02",
      "2200H",
      "23514",
      "54000",
    ],
  })
) {
  Deno.test({
    ...withServers(
      `only the article that Postgres rejects with ${code} becomes a dead letter`,
    ),
    async fn() {
      await using cluster = await startTestCluster();
      const node = await cluster.startNode("all");
      await configure(node, { retry_max: 0 });
      await refuse(cluster.postgres.url, code, MARK);
      const articles = (await faultArticles(400)).map((article, i) =>
        i % 100 === 50
          ? { ...article, content: `${article.content}<p>${MARK} ${MARK}</p>` }
          : article
      );
      await importAll(node, articles);
      const { dead } = await audit({
        sql: cluster.database.sql,
        articles: articles.length,
        harmful: ({ content }) => content.includes(MARK),
        deadAfter: 1,
        broker: cluster.broker,
        status: () => statusOf(node),
      });
      assert.equal(dead, 4);
    },
  });
}

Deno.test({
  ...withServers("after a failover, no pooled connection stays on a read-only server"),
  async fn() {
    await using cluster = await startTestCluster();
    const { url } = cluster.postgres;
    const web = await cluster.startNode("web");
    await cluster.startNode("worker");
    await importAll(web, (await faultArticles(ARTICLES)).slice(0, 200));
    // Sessions keep their default: those that start now stay read-only.
    await asOwner(url, async (sql) => {
      await sql`ALTER ROLE postgres SET default_transaction_read_only = on`;
      await sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE pid <> pg_backend_pid() AND application_name = 'millrace'`;
    });
    await assertNotReady(web);
    const refused = await web.fetch("/api/articles", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title: "x", content: "y" }),
    });
    assert.equal(refused.status, 503);
    assert.ok(Number(refused.headers.get("retry-after")) > 0);
    await refused.body?.cancel();
    await asOwner(url, (sql) => sql`ALTER ROLE postgres RESET default_transaction_read_only`);
    await eventually(async () => {
      const response = await web.fetch("/readyz");
      await response.body?.cancel();
      assert.equal(response.status, 200);
    }, 20_000);
    for (let i = 0; i < 50; i++) {
      const response = await web.fetch("/api/articles", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ title: `after ${i}`, content: "It was stored." }),
      });
      assert.equal(response.status, 201, await response.text());
    }
    await cluster.database[Symbol.asyncDispose]();
    await eventually(async () => {
      const { queue_pending, in_flight, queue_retry, queue_dead } = await statusOf(web);
      assert.deepEqual([queue_pending, in_flight, queue_retry, queue_dead], [0, 0, 0, 0]);
    }, 20_000);
    // The idle worker may not have noticed the outage.
    await eventually(() => assert.match(web.log(), /The database is back/));
  },
});
