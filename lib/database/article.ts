import { z } from "zod";
import { ARTICLE_STATES } from "../article/state.ts";
import type { Sql } from "./client.ts";
import { readRows } from "./query.ts";

const article = z.object({
  id: z.number(),
  source: z.string().nullable(),
  groupId: z.number(),
  group: z.string().nullable(),
  title: z.string(),
  /** As it was handed over. */
  content: z.string(),
  /** Milliseconds since the epoch, as all times here. */
  createdAt: z.number(),
  state: z.enum(ARTICLE_STATES),
  revision: z.number(),
  tries: z.number(),
  changedAt: z.number().nullable(),
  dueAt: z.number().nullable(),
  processedAt: z.number().nullable(),
  firstFailedAt: z.number().nullable(),
  lastFailedAt: z.number().nullable(),
  /** Of the last failure, also after the article was processed. */
  reason: z.string().nullable(),
  error: z.string().nullable(),
  stack: z.string().nullable(),
  fingerprint: z.string().nullable(),
  /** The title as it was kept; null when it was not, as when another article has the same one. */
  keptTitle: z.string().nullable(),
  /** The kept paragraphs, annotated. */
  paragraphs: z.array(z.string()),
});

const attempt = z.object({
  try: z.number(),
  at: z.number(),
  node: z.string(),
  reason: z.string(),
  error: z.string(),
  stack: z.string().nullable(),
});

/** One article with its results and its failed tries, oldest first. */
export type ArticleDetail = z.infer<typeof article> & { attempts: z.infer<typeof attempt>[] };

/** Everything of one article, or null. */
export async function readArticle(sql: Sql, id: number): Promise<ArticleDetail | null> {
  const [found] = await readRows(
    article,
    () =>
      sql`
        SELECT
          articles.id::int8, articles.source, articles.group_id::int8, article_groups.name AS group,
          articles.title, articles.content, articles.created_at,
          coalesce(states.state, 'pending') AS state, coalesce(states.revision, 0) AS revision,
          coalesce(states.tries, 0) AS tries, states.changed_at, states.due_at, states.processed_at,
          states.first_failed_at, states.last_failed_at,
          states.reason, states.error, states.stack, states.fingerprint,
          (SELECT title FROM titles WHERE article_id = articles.id LIMIT 1) AS kept_title,
          coalesce(
            (SELECT json_agg(content ORDER BY position) FROM contents WHERE article_id = articles.id),
            '[]'
          ) AS paragraphs
        FROM original_articles AS articles
        LEFT JOIN article_states AS states ON states.article_id = articles.id
        LEFT JOIN article_groups ON article_groups.id = articles.group_id
        WHERE articles.id = ${id}`,
  );
  if (found === undefined) return null;
  return { ...found, attempts: await readAttempts(sql, id) };
}

/** The failed tries of an article, oldest first, the last hundred at most. */
async function readAttempts(sql: Sql, id: number): Promise<z.infer<typeof attempt>[]> {
  const newestFirst = await readRows(
    attempt,
    () =>
      sql`
        SELECT try, at, node, reason, error, stack FROM attempts
        WHERE article_id = ${id} ORDER BY at DESC LIMIT 100`,
  );
  return newestFirst.reverse();
}

/**
 * Has an article processed anew, in one atomic step with the note in the outbox; answers that note, or
 * null when there is no such article or it waits already.
 */
export async function processAgain(sql: Sql, id: number): Promise<{ outboxId: number } | null> {
  const [noted] = await readRows(
    z.object({ outboxId: z.number() }),
    () =>
      sql`
        WITH moved AS (
          INSERT INTO article_states AS known (article_id)
          SELECT id FROM original_articles WHERE id = ${id}
          ON CONFLICT (article_id) DO UPDATE SET
            state = 'pending', revision = known.revision + 1, tries = 0, due_at = NULL,
            changed_at = now()
          WHERE known.state <> 'pending'
          RETURNING article_id
        )
        INSERT INTO outbox (article_ids) SELECT ARRAY[article_id] FROM moved RETURNING id AS outbox_id`,
  );
  return noted ?? null;
}

/** Since when the article that waits longest has been pending, ms since the epoch; null: none waits. */
export async function oldestPendingSince(sql: Sql): Promise<number | null> {
  const [row] = await readRows(
    z.object({ changedAt: z.number() }),
    () =>
      sql`
        SELECT changed_at FROM article_states WHERE state = 'pending' ORDER BY changed_at LIMIT 1`,
  );
  return row?.changedAt ?? null;
}
