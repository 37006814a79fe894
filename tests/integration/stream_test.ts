import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { connectDatabase } from "../../lib/database/connect.ts";
import type { Sql } from "../../lib/database/client.ts";
import { parseProcessorStatus } from "../../lib/status/processor_status.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CORPUS = fileURLToPath(new URL("../../../shared/corpus/classics.jsonl", import.meta.url));
const SAMPLE = fileURLToPath(new URL("../../data/sample.jsonl", import.meta.url));

const real = { ignore: !hasRedis || !hasPostgres };
const skipped = real.ignore ? " (skipped: no Redis or Postgres here)" : "";

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** The real articles where they are at hand, the sample elsewhere. */
const articles = await exists(CORPUS) ? CORPUS : SAMPLE;

async function importFile(node: Millrace, file: string): Promise<string> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "-P=import", "tasks/import.ts", file],
    cwd: ROOT,
    env: { MILLRACE_URL: node.url },
    stdout: "piped",
    stderr: "piped",
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.ok(success, said);
  return said;
}

async function status(node: Millrace) {
  const response = await node.fetch("/api/processor/status");
  const { data } = await response.json();
  return parseProcessorStatus(JSON.stringify(data));
}

/** Waits until nothing is left to do, and answers the status then. */
async function settled(node: Millrace, processed: number) {
  return await eventually(async () => {
    const now = await status(node);
    assert.equal(now.processed_total, processed);
    assert.equal(now.queue_pending + now.queue_retry + now.in_flight, 0);
    return now;
  }, 60_000);
}

/** The rows that came of it, without the numbers that differ from run to run. */
async function rows(sql: Sql): Promise<string[]> {
  const titles = await sql`
    SELECT article_groups.name || ' / ' || title AS line FROM titles
    JOIN article_groups ON article_groups.id = titles.group_id`;
  const contents = await sql`
    SELECT source || ' ' || position || ' ' || contents.content AS line FROM contents
    JOIN original_articles ON original_articles.id = contents.article_id`;
  const states = await sql`
    SELECT source || ' ' || state AS line FROM article_states
    JOIN original_articles ON original_articles.id = article_states.article_id`;
  return [...titles, ...contents, ...states].map(({ line }) => String(line)).sort();
}

function accepted(said: string): number {
  return Number(/([\d,]+) accepted/.exec(said)?.[1]?.replaceAll(",", ""));
}

Deno.test(
  {
    name: `both kinds of broker and database make the same rows of the same file${skipped}`,
    ...real,
  },
  async () => {
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    const found: string[][] = [];
    for (const env of [{}, { DATABASE_URL: postgres.url, REDIS_URL: redis.url }]) {
      const dataDir = await Deno.makeTempDir();
      const url = "DATABASE_URL" in env ? postgres.url : null;
      {
        await using node = await startMillrace({ env: { ...env, DATA_DIR: dataDir } });
        const first = accepted(await importFile(node, articles));
        assert.ok(first > 20);
        await settled(node, first);

        const again = await importFile(node, articles);
        assert.equal(accepted(again), 0, "a second import of the same file adds nothing");
        await settled(node, first);
        await node.kill("SIGTERM");
        await using database = await connectDatabase({ url, dataDir });
        const lines = await rows(database.sql);
        assert.equal(lines.filter((line) => line.endsWith(" processed")).length, first);
        found.push(lines);
      }
      await Deno.remove(dataDir, { recursive: true });
    }
    assert.deepEqual(found[0], found[1]);
  },
);

Deno.test(
  { name: `a foreign producer is served, and a foreign subscriber is told${skipped}`, ...real },
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
    let heard = "";
    const listening = (async () => {
      for await (const text of listener.stdout.pipeThrough(new TextDecoderStream())) heard += text;
    })();
    await eventually(() => assert.match(heard, /subscribe/));

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
      const last = heard.trim().split("\n").findLast((line) => line.startsWith("{"));
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
    name: `an id without an article is retried, and done once its article is there${skipped}`,
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
    await eventually(async () => assert.equal((await status(node)).queue_retry, 1));
    await using database = await connectDatabase({ url: postgres.url, dataDir: node.dataDir });
    await database.sql`
    INSERT INTO original_articles (id, title, content)
    VALUES (4711, 'late', ${"It came later than its id did. ".repeat(3)})`;
    const done = await settled(node, 1);
    assert.equal(done.retried_total, 1);
  },
);

Deno.test(
  { name: `what an older system left in its tables and lists is taken over${skipped}`, ...real },
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
    assert.equal((await status(node)).queue_dead, 0);
  },
);
