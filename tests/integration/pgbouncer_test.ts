import { connectDatabase } from "../../lib/database/connect.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { audit } from "../support/audit.ts";
import { faultArticles } from "../support/fault_articles.ts";
import { startMillrace } from "../support/millrace.ts";
import { hasPgBouncer, startPgBouncer } from "../support/pgbouncer.ts";
import { startPostgres } from "../support/postgres.ts";
import { importAll } from "../support/producer.ts";
import { startRedis } from "../support/redis.ts";
import { statusOf, withServers } from "../support/test_cluster.ts";

const name = "two nodes behind PgBouncer in transaction mode process everything";
const test = withServers(hasPgBouncer ? name : `${name} (skipped: PgBouncer is not installed)`);

Deno.test({
  ...test,
  ignore: test.ignore || !hasPgBouncer,
  async fn() {
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    await using pooler = await startPgBouncer(postgres, { postgres: "any" });
    await using direct = await connectDatabase({ url: postgres.url, dataDir: "" });
    await using broker = await connectRedis(redis.url, { prefix: "" });
    const env = {
      DATABASE_URL: `postgres://postgres:any@127.0.0.1:${pooler.port}/postgres?pgbouncer=true`,
      REDIS_URL: redis.url,
    };
    await using web = await startMillrace({ env: { ...env, ROLE: "web" } });
    await using _worker = await startMillrace({ env: { ...env, ROLE: "worker" } });
    const articles = await faultArticles(300);
    await importAll(web, articles);
    await audit({
      sql: direct.sql,
      articles: articles.length,
      broker,
      status: () => statusOf(web),
    });
  },
});
