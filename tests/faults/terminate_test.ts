import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, printMeasurement } from "../support/fault_form.ts";
import { startMillrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import {
  activeCount,
  startTestCluster,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";

const STOPS = byForm({ short: 2, long: 15 });
const ARTICLES = byForm({ short: 2_400, long: 12_000 });
const MOMENT_MS = 100;
const SAME_MS = 600;
/** Processing has 10 s, requests 5 s, unresponsive servers a few more. */
const GRACE_MS = 20_000;

Deno.test({
  ...withServers(
    "SIGTERM under load stops a node with exit code 0, without active or failed articles",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const web = await cluster.startNode("web");
    const node = await cluster.startNode("all");
    const articles = await faultArticles(ARTICLES);
    const took: number[] = [];
    for (const part of inParts(articles, STOPS)) {
      const importing = importAll(web, part);
      await waitUntilProcessing(cluster, node);
      await pause(anyUpTo(MOMENT_MS));
      const began = Date.now();
      const { code } = await node.kill("SIGTERM");
      took.push(Date.now() - began);
      assert.equal(code, 0, node.log());
      assert.equal(await activeCount(cluster, node), 0, "active after a graceful shutdown");
      await node.start();
      await importing;
    }
    const { attempts } = await audit({
      sql: cluster.database.sql,
      articles: articles.length,
      broker: cluster.broker,
    });
    assert.equal(attempts, 0, "a stop does not count as a failed attempt");
    assert.ok(Math.max(...took) < GRACE_MS);
    printMeasurement(`${STOPS} orderly stops under load took ${took.join(", ")} ms`);
  },
});

Deno.test({
  ...withServers(
    "articles that are not finished within the grace period are requeued without an attempt",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    await using wire = startTcpProxy(cluster.postgres.port);
    const url = `postgres://postgres@127.0.0.1:${wire.port}/postgres`;
    const node = await cluster.startNode("worker", { DATABASE_URL: url });
    const web = await cluster.startNode("web");
    const articles = await faultArticles(600);
    wire.stall();
    await importAll(web, articles);
    await waitUntilProcessing(cluster, node);
    const began = Date.now();
    const { code } = await node.kill("SIGTERM");
    printMeasurement(`with a silent Postgres the stop took ${Date.now() - began} ms`);
    assert.ok(Date.now() - began < GRACE_MS);
    assert.equal(await activeCount(cluster, node), 0, node.log());
    assert.equal(Number(await cluster.broker.send(["LLEN", "pending:articles"])), articles.length);
    assert.equal(code, 0, node.log());
    wire.resume();
    await node.start();
    const { attempts } = await audit({
      sql: cluster.database.sql,
      articles: articles.length,
      broker: cluster.broker,
    });
    assert.equal(attempts, 0);
  },
});

Deno.test({
  ...withServers(
    "a second SIGTERM stops a node immediately, and its articles are processed after a restart",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");
    const articles = await faultArticles(600);
    await cluster.database.sql.begin(async (lock) => {
      // This lock blocks settling.
      await lock`LOCK TABLE processor_tally IN ACCESS EXCLUSIVE MODE`;
      await importAll(node, articles);
      await waitUntilProcessing(cluster, node);
      const began = Date.now();
      Deno.kill(node.pid, "SIGTERM");
      await eventually(() => assert.match(node.log(), /stops/));
      // A signal together with the first one counts as the same.
      await pause(SAME_MS);
      const { code } = await node.kill("SIGTERM");
      assert.equal(code, 130);
      assert.ok(Date.now() - began < 2_000);
    });
    await node.start();
    const { attempts } = await audit({
      sql: cluster.database.sql,
      articles: articles.length,
      broker: cluster.broker,
    });
    assert.equal(attempts, 0);
  },
});

Deno.test("a Ctrl-C that arrives twice, directly and forwarded, is a graceful shutdown", async () => {
  await using node = await startMillrace();
  Deno.kill(node.pid, "SIGINT");
  const { code } = await node.kill("SIGINT");
  assert.equal(code, 0, node.log());
  assert.match(node.log(), /stops/);
});
