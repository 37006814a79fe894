import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { connectDatabase } from "../../lib/database/connect.ts";
import type { Sql } from "../../lib/database/client.ts";
import { readArticle } from "../../lib/intake/incoming_article.ts";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { startPostgres } from "../support/postgres.ts";
import { startRedis } from "../support/redis.ts";
import { onStage, statusOf } from "../support/stage.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Some thousand real articles, beside the project where there is such a file. */
const CORPUS = `${ROOT}../shared/corpus/classics.jsonl`;
const SAMPLE = `${ROOT}data/sample.jsonl`;

interface Figures {
  accepted: number;
  duplicates: number;
  rejected: number;
}

/** What a file must come to, as its lines say. */
async function expectedOf(file: string): Promise<Figures> {
  const sources = new Set<string>();
  const figures = { accepted: 0, duplicates: 0, rejected: 0 };
  for (const line of (await Deno.readTextFile(file)).trimEnd().split("\n")) {
    const source = sourceOf(line);
    if (source === null) figures.rejected++;
    else if (sources.has(source)) figures.duplicates++;
    else figures.accepted++;
    if (source !== null) sources.add(source);
  }
  return figures;
}

/** The source of a line's article; null when it holds none. Every article of the files has one. */
function sourceOf(line: string): string | null {
  try {
    const reading = readArticle(JSON.parse(line));
    return reading.kind === "article" ? reading.article.source : null;
  } catch {
    // The sample has a broken line on purpose.
    return null;
  }
}

/** Imports a file as an operator does, and answers the figures that were printed. */
async function importFile(node: Millrace, file: string): Promise<Figures> {
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-check", "-P=import", "tasks/import.ts", file],
    cwd: ROOT,
    env: { MILLRACE_URL: node.url },
    stdout: "piped",
    stderr: "piped",
  }).output();
  const said = new TextDecoder().decode(stdout);
  assert.ok(success, said + new TextDecoder().decode(stderr));
  const printed = /(\d+) accepted, (\d+) duplicates, (\d+) rejected/.exec(said) ??
    assert.fail(said);
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

/** Imports a file twice into a node of its own, and answers the rows that it made. */
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
  ...onStage("a file makes the same rows, once, on both kinds of broker and database"),
  async fn() {
    const hasCorpus = await Deno.stat(CORPUS).then(() => true, () => false);
    const file = hasCorpus ? CORPUS : SAMPLE;
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    const embedded = await rowsOf(file, {});
    const real = await rowsOf(file, { DATABASE_URL: postgres.url, REDIS_URL: redis.url });
    assert.deepEqual(embedded, real);
  },
});

Deno.test("of a file with duplicates and broken lines the rest is taken in, once", async () => {
  const lines = await rowsOf(SAMPLE, {});
  assert.ok(lines.length > 100);
});
