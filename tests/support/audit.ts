import assert from "node:assert/strict";
import { DEFAULT_ARTICLE_SETTINGS } from "../../lib/article/article_settings.ts";
import { processArticle } from "../../lib/article/process.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import type { RedisConnection } from "../../lib/redis/redis_connection.ts";
import type { ProcessorStatus } from "../../lib/wire/processor_status.ts";
import type { Counts } from "./audit_counts.ts";
import { auditQueue } from "./audit_queue.ts";
import { eventually } from "./eventually.ts";

/** Longer than a lease: articles of a dead node are requeued after its lease expires. */
const COUNTERS_MS = 60_000;

export interface AuditOptions {
  sql: Sql;
  /** The number of imported articles. */
  articles: number;
  /** Which articles must be dead letters; default none. */
  harmful?: (article: { title: string; content: string }) => boolean;
  /** Attempts per dead letter; default 1 plus the default number of retries. */
  deadAfter?: number;
  /** How many dead letters were requeued; default none. */
  revived?: number;
  /** The Redis connection; omit it where the broker is in memory. */
  broker?: RedisConnection;
  /** Fetches the status that a node reports. */
  status?: () => Promise<ProcessorStatus>;
  /** The time limit for the stream to drain, in ms. */
  withinMs?: number;
  /** How many articles, the newest, are computed again to compare their rows; default all. */
  recomputed?: number;
}

/**
 * Waits until every article is processed or dead, then asserts that none was lost, duplicated or miscounted:
 * the rows equal those of an undisturbed run, every dead letter has a reason, every counter matches the rows,
 * and the queue is empty. Returns the counts.
 */
export async function audit(options: AuditOptions): Promise<Counts> {
  const { sql, articles, withinMs = 60_000 } = options;
  await eventually(() => assertFinished(sql, articles), withinMs);
  await assertRows(options);
  await assertDeadLetters(options);
  const counts = await count(sql, options.revived ?? 0);
  await eventually(async () => {
    assert.deepEqual(await tallied(sql), {
      processed: counts.processed,
      failed: counts.deaths,
      retried: counts.attempts - counts.deaths,
    });
    const [{ notes } = { notes: NaN }] = await sql<{ notes: number }[]>`
      SELECT count(*) AS notes FROM outbox`;
    assert.equal(notes, 0, "the outbox is empty");
    if (options.broker !== undefined) await auditQueue(options.broker, sql, counts);
    if (options.status !== undefined) assertStatus(await options.status(), counts);
  }, COUNTERS_MS);
  return counts;
}

async function assertFinished(sql: Sql, articles: number) {
  const states = await sql<{ state: string; articles: number }[]>`
    SELECT state, count(*) AS articles
    FROM original_articles LEFT JOIN article_states ON article_id = original_articles.id
    GROUP BY state`;
  const found = Object.fromEntries(states.map((row) => [row.state, row.articles]));
  const { processed = 0, dead = 0, ...others } = found;
  assert.deepEqual(others, {}, `unfinished beside ${processed} processed and ${dead} dead`);
  assert.equal(processed + dead, articles, "articles in the database");
}

/** Compares the stored rows with the output of the article steps for the same articles. */
async function assertRows({ sql, harmful = () => false, recomputed }: AuditOptions) {
  const [{ from } = { from: 0 }] = await sql<{ from: number }[]>`
    SELECT max(id)::int8 - ${recomputed ?? null}::int8 AS from FROM original_articles`;
  const after = from ?? 0;
  const expected = { processed: new Set<string>(), titles: new Set<string>(), contents: [""] };
  expected.contents.pop();
  const articles = await sql<{ id: number; groupId: number; title: string; content: string }[]>`
    SELECT id, group_id, title, content FROM original_articles WHERE id > ${after}`;
  for (const { id, groupId, title, content } of articles) {
    if (harmful({ title, content })) continue;
    expected.processed.add(String(id));
    const made = processArticle({ title, content }, DEFAULT_ARTICLE_SETTINGS);
    if (made.title !== "") expected.titles.add(`${groupId} ${made.title}`);
    made.paragraphs.forEach((text, i) => expected.contents.push(`${id} ${i + 1} ${text}`));
  }
  const lines = async (rows: PromiseLike<readonly { line: string }[]>) =>
    (await rows).map(({ line }) => line);
  assertSame(
    "processed articles",
    await lines(sql`
      SELECT article_id::text AS line FROM article_states
      WHERE state = 'processed' AND article_id > ${after}`),
    [...expected.processed],
  );
  assertSame(
    "titles",
    await lines(sql`
      SELECT group_id || ' ' || title AS line FROM titles
      WHERE ${after} = 0 OR (group_id, title) IN (
        SELECT group_id, title FROM original_articles WHERE id > ${after}
      )`),
    [...expected.titles],
  );
  assertSame(
    "contents",
    await lines(sql`
      SELECT article_id || ' ' || position || ' ' || content AS line FROM contents
      WHERE article_id > ${after}`),
    expected.contents,
  );
}

/** Compares multisets. Printing the diff of two long lists would take minutes. */
function assertSame(what: string, actual: string[], expected: string[]) {
  actual.sort();
  expected.sort();
  const at = actual.findIndex((line, i) => line !== expected[i]);
  const first = at === -1 ? "" : `, the first difference: ${actual[at]} / ${expected[at]}`;
  assert.ok(
    at === -1 && actual.length === expected.length,
    `${what}: ${actual.length} rows in place of ${expected.length}${first}`,
  );
}

async function assertDeadLetters({ sql, deadAfter = 4 }: AuditOptions) {
  const unexplained = await sql`
    SELECT article_id, reason, error, tries, attempts FROM article_states
    CROSS JOIN LATERAL (
      SELECT array_agg(try ORDER BY try)::text AS attempts FROM attempts
      WHERE attempts.article_id = article_states.article_id
    ) AS tried
    WHERE state = 'dead' AND NOT coalesce(
      reason <> '' AND error <> '' AND fingerprint <> '' AND tries = ${deadAfter}
        AND first_failed_at <= last_failed_at
        AND attempts = (SELECT array_agg(n)::text FROM generate_series(1, tries) AS n),
      false)
    LIMIT 3`;
  assert.deepEqual([...unexplained], [], "every dead letter has a reason and all its attempts");
}

async function count(sql: Sql, revived: number): Promise<Counts> {
  const [counts] = await sql<Omit<Counts, "deaths">[]>`
    SELECT
      (SELECT count(*) FROM article_states WHERE state = 'processed') AS processed,
      (SELECT count(*) FROM article_states WHERE state = 'dead') AS dead,
      (SELECT count(*) FROM attempts) AS attempts`;
  assert.ok(counts);
  return { ...counts, deaths: counts.dead + revived };
}

async function tallied(sql: Sql) {
  const [sums] = await sql`
    SELECT sum(processed)::int8 AS processed, sum(failed)::int8 AS failed,
      sum(retried)::int8 AS retried
    FROM processor_tally`;
  return { ...sums };
}

function assertStatus(status: ProcessorStatus, counts: Counts) {
  assert.deepEqual(
    {
      pending: status.queue_pending,
      retry: status.queue_retry,
      dead: status.queue_dead,
      inFlight: status.in_flight,
      processed: status.processed_total,
      failed: status.failed_total,
      retried: status.retried_total,
    },
    {
      pending: 0,
      retry: 0,
      dead: counts.dead,
      inFlight: 0,
      processed: counts.processed,
      failed: counts.attempts,
      retried: counts.attempts - counts.deaths,
    },
    "the counts in the status",
  );
}
