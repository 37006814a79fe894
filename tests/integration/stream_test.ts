import assert from "node:assert/strict";
import { connectDatabase } from "../../lib/database/connect.ts";
import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";
import { statusOf } from "../support/test_cluster.ts";

const real = { ignore: !hasRedis || !hasPostgres };
const skipped = real.ignore ? " (skipped: Redis or Postgres is not installed)" : "";

/** Waits until the stream is drained; returns the status. */
async function settled(node: Millrace, processed: number) {
  return await eventually(async () => {
    const now = await statusOf(node);
    assert.equal(now.processed_total, processed);
    assert.equal(now.queue_pending + now.queue_retry + now.in_flight, 0);
    return now;
  }, 60_000);
}

Deno.test(
  {
    name: `a foreign producer can push ids, and a foreign subscriber receives statuses${skipped}`,
    ...real,
  },
  async () => {
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    await using node = await startMillrace({
      env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url },
    });
    const cli = (...args: string[]) =>
      new Deno.Command("redis-cli", {
        args: ["-p", String(redis.port), ...args],
        stdout: "piped",
      });
    const listener = cli("SUBSCRIBE", "processor:status:realtime").spawn();
    let received = "";
    const listening = (async () => {
      for await (const text of listener.stdout.pipeThrough(new TextDecoderStream())) {
        received += text;
      }
    })();
    await eventually(() => assert.match(received, /subscribe/));

    await using database = await connectDatabase({ url: postgres.url, dataDir: node.dataDir });
    const [inserted] = await database.sql<{ id: number }[]>`
      INSERT INTO original_articles (title, content, group_id)
      VALUES ('外来', ${"我们去银行，行人很多。".repeat(3)}, 1) RETURNING id`;
    await cli("LPUSH", "pending:articles", String(inserted!.id)).output();
    await settled(node, 1);
    const [content] = await database.sql`
      SELECT content FROM contents WHERE article_id = ${inserted!.id}`;
    assert.match(String(content?.content), /银\(yin\)行\(hang\)，行\(xing\)人\(ren\)/);

    await eventually(() => {
      const last = received.trim().split("\n").findLast((line) => line.startsWith("{"));
      const { processed_total, running } = parseProcessorStatus(last ?? "null");
      assert.deepEqual({ processed_total, running }, { processed_total: 1, running: true });
    });
    listener.kill();
    await listener.status;
    await listening;
  },
);

Deno.test(
  {
    name: `an id without an article is retried, and processed once its article exists${skipped}`,
    ...real,
  },
  async () => {
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    await using node = await startMillrace({
      env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url },
    });
    await new Deno.Command("redis-cli", {
      args: ["-p", String(redis.port), "LPUSH", "pending:articles", "4711"],
    }).output();
    await eventually(async () => assert.equal((await statusOf(node)).queue_retry, 1));
    await using database = await connectDatabase({ url: postgres.url, dataDir: node.dataDir });
    await database.sql`
    INSERT INTO original_articles (id, title, content)
    VALUES (4711, 'late', ${"The article was stored after its id. ".repeat(3)})`;
    const done = await settled(node, 1);
    assert.equal(done.retried_total, 1);
  },
);

Deno.test(
  { name: `tables and lists of an older system are migrated${skipped}`, ...real },
  async () => {
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    await using older = await connectDatabase({ url: postgres.url, dataDir: "" });
    await older.sql`CREATE TABLE original_articles (
      id serial PRIMARY KEY, title text NOT NULL, content text NOT NULL, group_id int NOT NULL)`;
    await older.sql`
      INSERT INTO original_articles (id, title, content, group_id)
      SELECT id, 'title ' || id, repeat('Left by an older system. ', 3), 1
      FROM generate_series(1, 4) AS id`;
    await redis.command("LPUSH", "pending:articles", "1");
    await redis.command("LPUSH", "pending:articles:retry", "2");
    await redis.command("LPUSH", "pending:articles:dead", "3");
    await using node = await startMillrace({
      env: { DATABASE_URL: postgres.url, REDIS_URL: redis.url },
    });
    const done = await settled(node, 2);
    assert.equal(done.queue_dead, 1);
    const titles = await older.sql`SELECT article_id FROM titles ORDER BY article_id`;
    assert.deepEqual(titles.map(({ articleId }) => articleId), [1, 2]);
    const cleared = await node.fetch("/api/processor/dead-queue", { method: "DELETE" });
    assert.equal((await cleared.json()).data.count, 1);
    assert.equal((await statusOf(node)).queue_dead, 0);
  },
);
