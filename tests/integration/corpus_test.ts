import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { connectDatabase } from "../../lib/database/connect.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import { readRecord } from "../../lib/intake/read_record.ts";
import { CORPUS } from "../support/corpus.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { startPostgres } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { statusOf, withServers } from "../support/test_cluster.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SAMPLE = `${ROOT}data/sample.jsonl`;

interface Figures {
  accepted: number;
  duplicates: number;
  rejected: number;
}

/** The expected counts of a file, computed from its lines. */
async function expectedOf(file: string): Promise<Figures> {
  const seen = new Set<string>();
  const figures = { accepted: 0, duplicates: 0, rejected: 0 };
  for (const line of (await Deno.readTextFile(file)).trimEnd().split("\n")) {
    const article = articleOf(line);
    if (article === null) figures.rejected++;
    else if (seen.has(article)) figures.duplicates++;
    else figures.accepted++;
    if (article !== null) seen.add(article);
  }
  return figures;
}

/** The identity of a line's article: its source and text; null if the line has no article. */
function articleOf(line: string): string | null {
  try {
    const reading = readRecord(JSON.parse(line));
    return reading.kind === "article" ? JSON.stringify(reading.article) : null;
  } catch {
    // The sample contains a malformed line on purpose.
    return null;
  }
}

/** Imports a file as an operator does; returns the printed counts. */
async function importFile(node: Millrace, file: string): Promise<Figures> {
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-P=import", "tasks/import.ts", file],
    cwd: ROOT,
    env: { MILLRACE_URL: node.url },
    stdout: "piped",
    stderr: "piped",
  }).output();
  const output = new TextDecoder().decode(stdout);
  const printed = /(\d+) accepted, (\d+) duplicates, (\d+) rejected/.exec(output) ??
    assert.fail(output + new TextDecoder().decode(stderr));
  const [accepted, duplicates, rejected] = printed.slice(1).map(Number);
  return { accepted: accepted!, duplicates: duplicates!, rejected: rejected! };
}

async function untilProcessed(node: Millrace, articles: number): Promise<void> {
  await eventually(async () => {
    const now = await statusOf(node);
    assert.equal(now.processed_total, articles);
    assert.equal(now.queue_pending + now.queue_retry + now.queue_dead + now.in_flight, 0);
  }, 60_000);
}

/** The resulting rows, without ids that differ between runs. */
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

/** Imports a file twice into its own node; returns the resulting rows. */
async function rowsOf(file: string, env: Record<string, string>): Promise<string[]> {
  const expected = await expectedOf(file);
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-corpus-" });
  try {
    await using node = await startMillrace({ env: { ...env, DATA_DIR: dataDir } });
    assert.deepEqual(await importFile(node, file), expected);
    await untilProcessed(node, expected.accepted);
    assert.deepEqual(
      await importFile(node, file),
      { ...expected, accepted: 0, duplicates: expected.accepted + expected.duplicates },
      "a second import of the same file adds nothing",
    );
    await untilProcessed(node, expected.accepted);
    await node.kill("SIGTERM");
    await using database = await connectDatabase({ url: env.DATABASE_URL ?? null, dataDir });
    const lines = await rows(database.sql);
    const processed = lines.filter((line) => line.endsWith(" processed"));
    assert.equal(processed.length, expected.accepted);
    return lines;
  } finally {
    await Deno.remove(dataDir, { recursive: true });
  }
}

Deno.test({
  ...withServers("a file produces the same rows on both kinds of broker and database"),
  async fn() {
    const file = CORPUS ?? SAMPLE;
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    const embedded = await rowsOf(file, {});
    const real = await rowsOf(file, { DATABASE_URL: postgres.url, REDIS_URL: redis.url });
    assert.deepEqual(embedded, real);
  },
});

Deno.test("a file with duplicates and malformed lines is imported idempotently", async () => {
  const lines = await rowsOf(SAMPLE, {});
  assert.ok(lines.length > 100);
});
