import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import {
  activeCount,
  nameOf,
  startTestCluster,
  statusOf,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

const ARTICLES = 400;
/** The lease of a silent node expires after 30 s. */
const LOST_AFTER_MS = 45_000;

Deno.test({
  ...withServers(
    "a node that resumes after others processed its articles does not change them",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const { sql } = cluster.database;
    const web = await cluster.startNode("web");
    const frozen = await cluster.startNode("worker");
    await sql.begin(async (lock) => {
      // This lock blocks settling.
      await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
      await importAll(web, await faultArticles(ARTICLES));
      await waitUntilProcessing(cluster, frozen);
      Deno.kill(frozen.pid, "SIGSTOP");
    });
    const held = await activeCount(cluster, frozen);
    try {
      await cluster.startNode("worker");
      await eventually(async () => {
        const unfinished = await sql`SELECT FROM article_states WHERE state <> 'processed'`;
        assert.deepEqual([unfinished.length, await activeCount(cluster, frozen)], [0, 0]);
      }, LOST_AFTER_MS);
    } finally {
      Deno.kill(frozen.pid, "SIGCONT");
    }
    const name = await nameOf(frozen);
    await eventually(async () => {
      const row = (await statusOf(web)).nodes.find(({ node }) => node === name);
      assert.deepEqual([row?.lost, row?.in_flight], [false, 0]);
    }, 30_000);
    const { attempts } = await audit({
      sql,
      articles: ARTICLES,
      broker: cluster.broker,
      status: () => statusOf(web),
    });
    assert.equal(attempts, 0);
    printMeasurement(
      `others had done the ${held} articles of a frozen node; it changed none of them`,
    );
  },
});
