import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { command, startTestCluster, statusOf, withServers } from "../support/test_cluster.ts";

const ARTICLES = 300;

Deno.test({
  ...withServers("articles whose ids were deleted from the queue are found and processed"),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");
    await command(node, "stop");
    await eventually(async () => assert.equal((await statusOf(node)).running, false));
    await importAll(node, await faultArticles(ARTICLES));
    await cluster.redis.command("DEL", "pending:articles");
    const deleted = Date.now();
    await eventually(async () => {
      const { queue_pending, comparison } = await statusOf(node);
      assert.equal(queue_pending, ARTICLES);
      assert.deepEqual([comparison?.database, comparison?.missing], [ARTICLES, ARTICLES]);
    }, 90_000);
    printMeasurement(`found after ${Date.now() - deleted} ms`);
    const metrics = await (await node.fetch("/metrics")).text();
    assert.match(metrics, new RegExp(`^millrace_unfinished_database ${ARTICLES}$`, "m"));
    assert.match(metrics, new RegExp(`^millrace_missing_from_queue ${ARTICLES}$`, "m"));
    assert.match(node.log(), /300 unfinished articles were missing in the queue/);
    await command(node, "start");
    await audit({ sql: cluster.database.sql, articles: ARTICLES, broker: cluster.broker });
  },
});

Deno.test({
  ...withServers("active ids that no worker has are requeued"),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");
    await importAll(node, await faultArticles(ARTICLES));
    await eventually(async () => assert.equal((await statusOf(node)).processed_total, ARTICLES));
    const { nodes: [row] } = await statusOf(node);
    assert.ok(row);
    // A lost reply leaves this state behind.
    const [{ id }] = await cluster.database.sql<[{ id: number }]>`
      INSERT INTO original_articles (title, content) VALUES ('t', 'Held and forgotten, at length.')
      RETURNING id::int8`;
    await cluster.redis.command("SADD", `processor:active:${row.node}`, String(id));
    await eventually(async () => {
      const [state] = await cluster.database.sql`
        SELECT state FROM article_states WHERE article_id = ${id}`;
      assert.equal(state?.state, "processed");
    }, 90_000);
    await audit({ sql: cluster.database.sql, articles: ARTICLES + 1, broker: cluster.broker });
  },
});
