import assert from "node:assert/strict";
import { audit } from "../support/audit.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { anyUpTo, byForm, pause, printMeasurement } from "../support/fault_form.ts";
import { importAll } from "../support/producer.ts";
import { startTestCluster, waitUntilProcessing, withServers } from "../support/test_cluster.ts";
import { startTcpProxy, type TcpProxy } from "../support/tcp_proxy.ts";

/** Longer than the timeout of Redis commands. */
const REDIS_STALL_MS = 6_000;
/** In the long form, longer than the timeout of Postgres statements. */
const POSTGRES_STALL_MS = byForm({ short: 3_000, long: 45_000 });
const RESETS = byForm({ short: 5, long: 30 });
/** The approximate time to process a part of the articles. */
const MOMENT_MS = 60;

type Strike = (wires: { redis: TcpProxy; postgres: TcpProxy }) => Promise<void> | void;

const again = (strike: Strike) => Array<Strike>(RESETS).fill(strike);

/** Each fault is injected while a part of the articles is in flight. */
const STRIKES: Strike[] = [
  ...again(({ redis }) => redis.reset()),
  ...again(({ postgres }) => postgres.reset()),
  async ({ redis, postgres }) => {
    redis.delay(30);
    postgres.delay(30);
    await pause(2_000);
    redis.resume();
    postgres.resume();
  },
  ({ redis }) => stalled(redis, REDIS_STALL_MS),
  ({ postgres }) => stalled(postgres, POSTGRES_STALL_MS),
];

async function stalled(wire: TcpProxy, ms: number) {
  wire.stall();
  await pause(ms);
  wire.resume();
}

Deno.test({
  ...withServers(
    "cut, stalled or delayed connections lose no article and fail none",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    await using redis = startTcpProxy(cluster.redis.port);
    await using postgres = startTcpProxy(cluster.postgres.port);
    const env = {
      REDIS_URL: `redis://127.0.0.1:${redis.port}`,
      DATABASE_URL: `postgres://postgres@127.0.0.1:${postgres.port}/postgres`,
    };
    const web = await cluster.startNode("web", env);
    const workers = [await cluster.startNode("worker", env), await cluster.startNode("all", env)];
    const articles = await faultArticles(byForm({ short: 5_200, long: 26_000 }));
    for (const [i, part] of inParts(articles, STRIKES.length).entries()) {
      const importing = importAll(web, part);
      await waitUntilProcessing(cluster, ...workers);
      await pause(anyUpTo(MOMENT_MS));
      await STRIKES[i]!({ redis, postgres });
      await importing;
    }
    const over = Date.now();
    const { attempts } = await audit({
      sql: cluster.database.sql,
      articles: articles.length,
      broker: cluster.broker,
      withinMs: 120_000,
    });
    printMeasurement(
      `${STRIKES.length} disturbances; at rest ${Date.now() - over} ms after the last`,
    );
    assert.equal(attempts, 0, "a cut connection does not count as a failed attempt");
  },
});
