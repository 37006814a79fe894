import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { type FaultArticle, faultArticles } from "../support/fault_articles.ts";
import { printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import {
  activeCount,
  startTestCluster,
  type TestCluster,
  withServers,
} from "../support/test_cluster.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp_proxy.ts";

/** The number of articles that a node with one worker takes at a time. */
const ARTICLES = 150;
/** The lease of a dead node expires after 30 s. */
const BACK_WITHIN_MS = 45_000;

/** Kills a node after Postgres has committed a part of its articles, and before the queue is updated. */
async function killAfterCommit(cluster: TestCluster, node: Millrace, wire: TcpProxy) {
  const { sql } = cluster.database;
  const articles = await faultArticles(ARTICLES);
  await sql.begin(async (lock) => {
    // This lock blocks the commit of a settlement.
    await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
    await importAll(node, articles);
    await eventually(async () => {
      const [{ waiting } = { waiting: 0 }] = await sql<{ waiting: number }[]>`
        SELECT count(*) AS waiting FROM pg_locks
        WHERE NOT granted AND relation = 'processor_tally'::regclass`;
      assert.ok(waiting > 0, "nothing is being settled");
      assert.equal(await activeCount(cluster, node), ARTICLES);
    });
    wire.stall();
  });
  const settled = await eventually(async () => {
    const [{ done } = { done: 0 }] = await sql<{ done: number }[]>`
      SELECT count(*) AS done FROM article_states WHERE state = 'processed'`;
    assert.ok(done > 0, "nothing was committed");
    return done;
  });
  await node.kill();
  wire.resume();
  printMeasurement(`killed with ${settled} of ${ARTICLES} articles settled in Postgres alone`);
  return articles;
}

async function auditAll({ database, broker }: TestCluster, articles: FaultArticle[]) {
  await audit({ sql: database.sql, articles: articles.length, broker });
}

Deno.test({
  ...withServers("a node killed between Postgres and the queue repeats the step idempotently"),
  async fn() {
    await using cluster = await startTestCluster();
    await using wire = startTcpProxy(cluster.redis.port);
    const node = await cluster.startNode("all", { REDIS_URL: `redis://127.0.0.1:${wire.port}` });
    const articles = await killAfterCommit(cluster, node, wire);
    await node.start();
    await auditAll(cluster, articles);
  },
});

Deno.test({
  ...withServers(
    "another node recovers a dead node's articles within 45 seconds and records an event",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    await using wire = startTcpProxy(cluster.redis.port);
    const node = await cluster.startNode("all", { REDIS_URL: `redis://127.0.0.1:${wire.port}` });
    const articles = await killAfterCommit(cluster, node, wire);
    const died = Date.now();
    await cluster.startNode("worker");
    await auditAll(cluster, articles);
    const took = Date.now() - died;
    printMeasurement(`what a dead node had held was made good ${took} ms after its death`);
    assert.ok(took < BACK_WITHIN_MS, `${took} ms`);
    await eventually(async () => {
      const events = await cluster.database.sql`
        SELECT subject, counts FROM events WHERE kind = 'node_taken_over'`;
      assert.deepEqual(events.map(({ counts }) => counts), [{ articles: ARTICLES }]);
    });
  },
});
