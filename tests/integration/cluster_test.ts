import assert from "node:assert/strict";
import { connectDatabase } from "../../lib/database/connect.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { faultArticles, inParts } from "../support/fault_articles.ts";
import { startMillrace } from "../support/millrace.ts";
import { startPostgres } from "../support/postgres.ts";
import { importAll } from "../support/producer.ts";
import { startRedisCluster } from "../support/redis_cluster.ts";
import { statusOf, withServers } from "../support/test_cluster.ts";

const PREFIX = "{millrace}:";

Deno.test({
  ...withServers("two nodes share a Redis Cluster of three, whichever seed node they get"),
  async fn(t) {
    await using cluster = await startRedisCluster();
    await using postgres = await startPostgres();
    await using database = await connectDatabase({ url: postgres.url, dataDir: "" });
    const owner = await cluster.ownerOf(PREFIX);
    const [first, second] = cluster.nodes.filter((node) => node !== owner);
    assert.ok(first !== undefined && second !== undefined);
    await using broker = await connectRedis(owner.url, { prefix: PREFIX });
    const env = { DATABASE_URL: postgres.url, REDIS_PREFIX: PREFIX };
    await using web = await startMillrace({ env: { ...env, REDIS_URL: first.url, ROLE: "web" } });
    await using _worker = await startMillrace({
      env: { ...env, REDIS_URL: second.url, ROLE: "worker" },
    });
    const articles = await faultArticles(400);
    const [before = [], meanwhile = [], after = []] = inParts(articles, 3);
    const auditAll = (count: number) =>
      audit({
        sql: database.sql,
        articles: count,
        broker,
        status: () => statusOf(web),
      });

    await t.step("articles are processed, and all keys are in one slot", async () => {
      await importAll(web, before);
      await auditAll(before.length);
      const keys = await Promise.all(
        cluster.nodes.map(async (node) => [node, await node.command("DBSIZE")] as const),
      );
      for (const [node, size] of keys) {
        if (node !== owner) assert.equal(size, 0);
        else assert.ok(Number(size) > 0);
      }
    });

    await t.step("a command published on any of the three takes effect", async () => {
      const publish = (action: string) =>
        first.command("PUBLISH", `${PREFIX}processor:commands`, JSON.stringify({ action }));
      await publish("stop");
      await eventually(async () => assert.equal((await statusOf(web)).running, false));
      await importAll(web, meanwhile);
      assert.equal((await statusOf(web)).queue_pending, meanwhile.length);
      await publish("start");
      await auditAll(before.length + meanwhile.length);
    });

    await t.step("the owner of the keys is killed and restarts empty", async () => {
      await owner.kill();
      await eventually(async () => assert.equal((await web.fetch("/readyz")).status, 503));
      await owner.restart();
      await importAll(web, after);
      await auditAll(articles.length);
    });
  },
});
