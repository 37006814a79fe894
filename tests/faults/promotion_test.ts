import assert from "node:assert/strict";
import { connectDatabase } from "../../lib/database/connect.ts";
import { audit } from "../support/audit.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { startPostgres, type TestPostgres } from "../support/postgres.ts";
import { importAll } from "../support/producer.ts";
import {
  startTestCluster,
  statusOf,
  waitUntilProcessing,
  withServers,
} from "../support/test_cluster.ts";

/** The URL of both servers, of which the nodes use the writable one. */
function addressOf(primary: TestPostgres, standby: TestPostgres): string {
  return `postgres://postgres@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres`;
}

Deno.test({
  ...withServers("a standby that has all commits is promoted during imports, and nothing is lost"),
  async fn() {
    await using cluster = await startTestCluster();
    const { postgres, database } = cluster;
    await using standby = await startPostgres({ standbyOf: postgres });
    await database.sql`ALTER SYSTEM SET synchronous_standby_names = '*'`;
    await database.sql`SELECT pg_reload_conf()`;
    const env = { DATABASE_URL: addressOf(postgres, standby) };
    const nodes = [await cluster.startNode("all", env), await cluster.startNode("worker", env)];
    const importing = importAll(nodes[0]!, await faultArticles(1_000));
    await waitUntilProcessing(cluster, ...nodes);
    await postgres.kill();
    await using after = await connectDatabase({ url: standby.url, dataDir: "" });
    await after.sql`SELECT pg_promote()`;
    await after.sql`ALTER SYSTEM RESET synchronous_standby_names`;
    await after.sql`SELECT pg_reload_conf()`;
    await importing;
    const { attempts } = await audit({
      sql: after.sql,
      articles: 1_000,
      broker: cluster.broker,
      status: () => statusOf(nodes[0]!),
    });
    assert.equal(attempts, 0, "an outage does not count as a failed attempt");
  },
});
