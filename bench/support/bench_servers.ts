import { z } from "zod";
import { openClient, type Sql } from "../../lib/database/postgres_client.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { NO_FIELDS } from "../../lib/article/article_fields.ts";
import { insertArticles } from "../../lib/database/insert_articles.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import { connectRedis, type RedisConnection } from "../../lib/redis/redis_connection.ts";
import { startPostgres } from "../../tests/support/postgres.ts";
import { startRedis } from "../../tests/support/redis.ts";
import { generateArticle } from "../articles.ts";

const CHUNK = 500;

/** A dedicated Redis and Postgres for a measurement, with Millrace's empty tables. */
export interface BenchServers extends AsyncDisposable {
  redisUrl: string;
  postgresUrl: string;
  redis: RedisConnection;
  sql: Sql;
  /** Process ids, for measuring CPU and memory. */
  redisPid: number;
  postgresPid: number;
  /**
   * Stores generated articles from index `first` without queueing them; returns their ids. Runs `VACUUM
   * ANALYZE` afterwards unless `tidy` is false.
   */
  storeArticles(first: number, count: number, options?: { tidy: boolean }): Promise<number[]>;
}

/** Starts both servers. Postgres is durable (`fsync` and `synchronous_commit` are on). */
export async function startBenchServers(
  postgresSettings: Record<string, string> = {},
): Promise<BenchServers> {
  await using starting = new AsyncDisposableStack();
  const server = starting.use(await startRedis());
  const postgres = starting.use(await startPostgres({ fsync: true, settings: postgresSettings }));
  const database = await connectDatabase({ url: postgres.url, dataDir: "" });
  await migrate(database);
  await database[Symbol.asyncDispose]();
  const sql = openClient({ address: { url: postgres.url }, max: 2, patient: true });
  starting.defer(() => sql.end());
  const redis = starting.use(await connectRedis(server.url, { prefix: "" }));
  const redisPid = Number(
    /process_id:(\d+)/.exec(String(await redis.send(["INFO", "server"])))?.[1],
  );
  const postgresPid = await parentOf(sql);
  const running = starting.move();
  return {
    redisUrl: server.url,
    postgresUrl: postgres.url,
    redis,
    sql,
    redisPid,
    postgresPid,
    async storeArticles(first, count, { tidy } = { tidy: true }) {
      const ids: number[] = [];
      for (let at = first; at < first + count; at += CHUNK) {
        const length = Math.min(CHUNK, first + count - at);
        const articles = Array.from({ length }, (_, i) => {
          return { ...NO_FIELDS, ...generateArticle(at + i), groupId: null };
        });
        const { inserted } = await insertArticles(sql, articles);
        // The benchmark enqueues them itself, all at once.
        await sql`DELETE FROM outbox`;
        for (const { id } of inserted) ids.push(id);
      }
      if (tidy) await sql`VACUUM ANALYZE`;
      return ids;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Returns the process id of the server, the parent of the connection's backend. */
async function parentOf(sql: Sql): Promise<number> {
  const [row] = z.array(z.object({ pid: z.number() })).parse(
    await sql`SELECT pg_backend_pid() AS pid`,
  );
  const status = await Deno.readTextFile(`/proc/${row!.pid}/status`);
  return Number(/PPid:\s+(\d+)/.exec(status)?.[1]);
}
