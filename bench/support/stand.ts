import { z } from "zod";
import { openClient, type Sql } from "../../lib/database/client.ts";
import { connectDatabase } from "../../lib/database/connect.ts";
import { insertArticles } from "../../lib/database/intake.ts";
import { migrate } from "../../lib/database/migrate.ts";
import { connectRedis, type RedisConnection } from "../../lib/runtime/redis_connection.ts";
import { startPostgres } from "../../tests/support/postgres.ts";
import { startRedis } from "../../tests/support/redis.ts";
import { generateArticle } from "../articles.ts";

const CHUNK = 500;

/** A Redis and a Postgres of a measurement's own, with the tables of Millrace and nothing in them. */
export interface Stand extends AsyncDisposable {
  redisUrl: string;
  postgresUrl: string;
  redis: RedisConnection;
  sql: Sql;
  /** Process ids, for whoever measures what they use. */
  redisPid: number;
  postgresPid: number;
  /**
   * Stores generated articles, from the `first` on, without queueing them; answers their ids. The tables
   * are tidied up after it, unless they are in use.
   */
  storeArticles(first: number, count: number, options?: { tidy: boolean }): Promise<number[]>;
}

/** Starts both. Postgres keeps its promises (`fsync` and `synchronous_commit` are on). */
export async function startStand(
  postgresSettings: Record<string, string> = {},
): Promise<Stand> {
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
          return { ...generateArticle(at + i), groupId: null };
        });
        const { inserted } = await insertArticles(sql, articles);
        // The measurement is the one who queues them, and all at once.
        await sql`DELETE FROM outbox`;
        for (const { id } of inserted) ids.push(id);
      }
      if (tidy) await sql`VACUUM ANALYZE`;
      return ids;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** The server whose child serves the connection. */
async function parentOf(sql: Sql): Promise<number> {
  const [row] = z.array(z.object({ pid: z.number() })).parse(
    await sql`SELECT pg_backend_pid() AS pid`,
  );
  const status = await Deno.readTextFile(`/proc/${row!.pid}/status`);
  return Number(/PPid:\s+(\d+)/.exec(status)?.[1]);
}
