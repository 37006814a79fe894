import assert from "node:assert/strict";
import { generateArticle } from "../../bench/articles.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { arrayLiteral } from "../../lib/database/sql_parameters.ts";
import { migrate } from "../../lib/database/run_migrations.ts";
import type { RedisConnection } from "../../lib/redis/redis_connection.ts";
import { dayInTimeZone } from "../../lib/runtime/day_in_time_zone.ts";
import { audit } from "../support/audit.ts";
import { eventually } from "../support/eventually.ts";
import { startTestCluster, type TestCluster, withServers } from "../support/test_cluster.ts";

const MIGRATIONS = new URL("../../migrations/", import.meta.url);
/** The last migration of version 0.1. */
const LAST_OF_PREVIOUS = "0005";

/** The ids of the articles that version 0.1 leaves in each state, ten per state. */
const LEFT = { pending: 1, active: 11, retry: 21, dead: 31, processed: 41, discarded: 51 } as const;
const idsOf = (state: keyof typeof LEFT) => Array.from({ length: 10 }, (_, i) => LEFT[state] + i);

Deno.test({
  ...withServers("an upgrade from 0.1 keeps every state and count, and finishes pending articles"),
  async fn() {
    await using cluster = await startTestCluster();
    const { database, broker } = cluster;
    await withPreviousMigrations((folder) => migrate(database, folder));
    await fill(database.sql);
    await fillRedis(broker);

    const node = await cluster.startNode("all");

    await eventually(async () => {
      assert.deepEqual(await states(database.sql), { processed: 40, dead: 10, discarded: 10 });
      const { data } = await (await node.fetch("/api/processor/status")).json();
      const { processed_total, failed_total, retried_total, queue_dead, queue_retry } = data;
      assert.deepEqual(
        { processed_total, failed_total, retried_total, queue_dead, queue_retry },
        {
          processed_total: 40,
          failed_total: 30,
          retried_total: 20,
          queue_dead: 10,
          queue_retry: 0,
        },
      );
    }, 90_000);
    await assertUntouched(database.sql);
    assert.deepEqual(await broker.send(["KEYS", "processor:active:*"]), []);

    // A producer that inserts rows and pushes their ids continues to work.
    const [row] = await database.sql<{ id: number }[]>`
      INSERT INTO original_articles (title, content) VALUES ('一', '一个足够长的段落，用来看看升级以后旧的生产者还能不能用。')
      RETURNING id`;
    await broker.send(["LPUSH", "pending:articles", String(row!.id)]);
    await eventually(async () => assert.equal((await states(database.sql)).processed, 41), 30_000);
  },
});

Deno.test({
  ...withServers("an upgrade loses nothing while producers write rows and ids"),
  async fn() {
    await using cluster = await startTestCluster();
    const { database, broker } = cluster;
    await withPreviousMigrations((folder) => migrate(database, folder));
    const producer = startProducer(cluster);

    await producer.hasWritten(200);
    await migrate(database);
    await producer.hasWritten(400);
    const replaced = await cluster.startNode("all");
    await cluster.startNode("all");
    await producer.hasWritten(600);
    await replaced.kill("SIGTERM");
    await producer.hasWritten(800);

    await audit({ sql: database.sql, articles: await producer.stop(), broker });
  },
});

/** Writes articles like a producer for 0.1, row by row with its id, until it is stopped. */
function startProducer({ database, broker }: TestCluster) {
  let written = 0;
  let stopping = false;
  async function run() {
    while (!stopping) {
      const { source, title, content } = generateArticle(written);
      const [row] = await database.sql<{ id: number }[]>`
        INSERT INTO original_articles (source, title, content)
        VALUES (${source}, ${title}, ${content}) RETURNING id`;
      await broker.send(["LPUSH", "pending:articles", String(row!.id)]);
      written++;
    }
  }
  const running = run();
  return {
    async hasWritten(articles: number) {
      const missing = () => assert.ok(written >= articles, `${written} of ${articles} written`);
      await Promise.race([eventually(missing, 60_000), running.then(missing)]);
    },
    /** Returns the number of written articles. */
    async stop(): Promise<number> {
      stopping = true;
      await running;
      return written;
    },
  };
}

/** Calls `apply` with a folder that contains only the migrations of the previous version. */
async function withPreviousMigrations(apply: (folder: URL) => Promise<unknown>) {
  const folder = await Deno.makeTempDir({ prefix: "millrace-previous-" });
  try {
    for await (const { name } of Deno.readDir(MIGRATIONS)) {
      if (name.slice(0, 4) > LAST_OF_PREVIOUS) continue;
      await Deno.copyFile(new URL(name, MIGRATIONS), `${folder}/${name}`);
    }
    await apply(new URL(`file://${folder}/`));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Inserts rows in every state, as 0.1 leaves them when it is killed during processing. */
async function fill(sql: Sql) {
  const articles = Array.from({ length: 60 }, (_, i) => generateArticle(i));
  for (const { source, title, content } of articles) {
    await sql`INSERT INTO original_articles (source, title, content) VALUES (${source}, ${title}, ${content})`;
  }
  await sql`UPDATE article_states SET state = 'retry', tries = 1, due_at = now(), revision = 2
    WHERE article_id = ANY(${arrayLiteral(idsOf("retry"))}::bigint[])`;
  await sql`
    INSERT INTO attempts (article_id, try, at, node, reason, error)
    SELECT id, 1, now(), 'old', 'threw', 'It failed.' FROM unnest(${
    arrayLiteral([...idsOf("retry"), ...idsOf("dead")])
  }::bigint[]) AS id`;
  for (const state of ["dead", "discarded"] as const) {
    await sql`
      UPDATE article_states
      SET state = ${state}, tries = 1, revision = 2, reason = 'threw', error = 'It failed.',
        fingerprint = 'It failed.', first_failed_at = now(), last_failed_at = now()
      WHERE article_id = ANY(${arrayLiteral(idsOf(state))}::bigint[])`;
  }
  await sql`UPDATE article_states SET state = 'processed', revision = 2, paragraphs = 1, processed_at = now()
    WHERE article_id = ANY(${arrayLiteral(idsOf("processed"))}::bigint[])`;
  await sql`
    INSERT INTO contents (content, batch_id, article_id, position)
    SELECT 'kept ' || id, 1, id, 0 FROM unnest(${
    arrayLiteral(idsOf("processed"))
  }::bigint[]) AS id`;
  await sql`
    INSERT INTO processor_tally (node, day, processed, failed, retried, elapsed_ms)
    VALUES ('old', ${dayInTimeZone("UTC", Date.now())}::date, 10, 10, 20, 100)`;
}

/** Writes the keys of 0.1: its node, named `old`, is dead and has ten active articles. */
async function fillRedis(broker: RedisConnection) {
  const send = (...command: (string | number)[]) => broker.send(command.map(String));
  await send("LPUSH", "pending:articles", ...idsOf("pending"));
  await send("SADD", "processor:active:old", ...idsOf("active"));
  await send("ZADD", "processor:leases", Date.now() - 1_000, "old");
  for (const id of idsOf("retry")) {
    await send("ZADD", "pending:articles:retry", Date.now(), id);
    await send("SET", `processor:retry:${id}`, 1);
  }
  for (const id of idsOf("dead")) await send("ZADD", "pending:articles:dead", Date.now(), id);
  await send(
    "HSET",
    "processor:stats",
    "total_processed",
    10,
    "total_failed",
    10,
    "total_retried",
    20,
  );
  await send("HSET", "processor:stats", "total_elapsed_ms", 100, "updated_at", Date.now());
  const day = dayInTimeZone("UTC", Date.now());
  const tally = ["old|processed", 10, "old|failed", 10, "old|retried", 20, "old|elapsed", 100];
  await send("HSET", `processor:tally:${day}`, ...tally);
  await send("SET", `processor:processed:${day}`, 10);
}

async function states(sql: Sql): Promise<Record<string, number>> {
  const rows = await sql<{ state: string; articles: number }[]>`
    SELECT state, count(*) AS articles FROM article_states GROUP BY state`;
  return Object.fromEntries(rows.map(({ state, articles }) => [state, articles]));
}

/** Articles finished before the upgrade are unchanged; the others have paragraphs now. */
async function assertUntouched(sql: Sql) {
  const kept = await sql<{ content: string }[]>`
    SELECT content FROM contents WHERE article_id = ANY(${
    arrayLiteral(idsOf("processed"))
  }::bigint[])
    ORDER BY article_id`;
  assert.deepEqual(
    kept.map(({ content }) => content),
    idsOf("processed").map((id) => `kept ${id}`),
  );
  const [dead] = await sql<{ errors: number }[]>`
    SELECT count(*) AS errors FROM article_states WHERE state = 'dead' AND error = 'It failed.'`;
  assert.equal(dead?.errors, 10);
  const [done] = await sql<{ articles: number }[]>`
    SELECT count(DISTINCT article_id) AS articles FROM contents
    WHERE article_id = ANY(${
    arrayLiteral([...idsOf("pending"), ...idsOf("active"), ...idsOf("retry")])
  }::bigint[])`;
  assert.equal(done?.articles, 30);
}
