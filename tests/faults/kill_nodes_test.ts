import { audit } from "../support/audit.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, printMeasurement } from "../support/fault_form.ts";
import type { Millrace } from "../support/millrace.ts";
import { importAll } from "../support/producer.ts";
import {
  activeCount,
  startTestCluster,
  type TestCluster,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

const KILLS = byForm({ short: 4, long: 30 });
const ARTICLES = byForm({ short: 2_000, long: 30_000 });
/** The approximate time to process a burst of articles. */
const MOMENT_MS = 60;

/** Kills the first node that is processing, at a random time; returns its number of active articles. */
async function killAtWork(cluster: TestCluster, ...nodes: Millrace[]) {
  const killed = await waitUntilProcessing(cluster, ...nodes);
  await pause(anyUpTo(MOMENT_MS));
  await killed.kill();
  return { killed, held: await activeCount(cluster, killed) };
}

Deno.test({
  ...withServers("killing nodes at random while two others run loses nothing"),
  async fn() {
    await using cluster = await startTestCluster();
    const web = await cluster.startNode("web");
    const workers = await Promise.all([1, 2, 3].map(() => cluster.startNode("worker")));
    const articles = await faultArticles(ARTICLES);
    const held: number[] = [];
    for (const part of inParts(articles, KILLS)) {
      const importing = importAll(web, part);
      const victim = await killAtWork(cluster, ...workers);
      held.push(victim.held);
      await victim.killed.start();
      await importing;
    }
    const began = Date.now();
    await audit({
      sql: cluster.database.sql,
      articles: articles.length,
      broker: cluster.broker,
    });
    printMeasurement(
      `${KILLS} kills of one node in three, which then held ${held.join(", ")} articles;`,
    );
    printMeasurement(
      `${articles.length} articles; at rest ${Date.now() - began} ms after the last restart`,
    );
  },
});

Deno.test({
  ...withServers("repeatedly killing and restarting a single node loses nothing"),
  async fn() {
    await using cluster = await startTestCluster();
    const node = await cluster.startNode("all");
    const articles = await faultArticles(ARTICLES);
    const held: number[] = [];
    for (const part of inParts(articles, KILLS)) {
      const importing = importAll(node, part);
      held.push((await killAtWork(cluster, node)).held);
      await node.start();
      await importing;
    }
    await audit({ sql: cluster.database.sql, articles: articles.length, broker: cluster.broker });
    printMeasurement(
      `${KILLS} kills of the only node, which then held ${held.join(", ")} articles`,
    );
  },
});
