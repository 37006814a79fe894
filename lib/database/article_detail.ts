import { z } from "zod";
import { ARTICLE_STATES } from "../article/state_machine.ts";
import { FIELD_COLUMNS, fieldShape } from "./article_columns.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

const article = z.object({
  id: z.number(),
  source: z.string().nullable(),
  groupId: z.number(),
  group: z.string().nullable(),
  /** The import that stored it. */
  importId: z.number().nullable(),
  title: z.string(),
  /** As submitted. */
  content: z.string(),
  ...fieldShape,
  /** Milliseconds since the epoch, like all times here. */
  createdAt: z.number(),
  state: z.enum(ARTICLE_STATES),
  revision: z.number(),
  tries: z.number(),
  changedAt: z.number().nullable(),
  dueAt: z.number().nullable(),
  processedAt: z.number().nullable(),
  firstFailedAt: z.number().nullable(),
  lastFailedAt: z.number().nullable(),
  /** The last failure's error, even after the article was processed. */
  reason: z.string().nullable(),
  error: z.string().nullable(),
  stack: z.string().nullable(),
  fingerprint: z.string().nullable(),
  /** The stored title; null if not stored, such as a duplicate of another article's. */
  keptTitle: z.string().nullable(),
  /** The kept paragraphs, annotated. */
  paragraphs: z.array(z.string()),
});

export const attempt = z.object({
  try: z.number(),
  at: z.number(),
  node: z.string(),
  reason: z.string(),
  error: z.string(),
  stack: z.string().nullable(),
});

const ARTICLE_ACTIONS = ["process_again", "edit", "retry", "clear", "undo"] as const;

const action = z.object({
  kind: z.enum(ARTICLE_ACTIONS),
  at: z.number(),
  /** The actor's name; null if unknown, as of an edit. */
  by: z.string().nullable(),
  /** The bulk operation that the action was part of. */
  operationId: z.number().nullable(),
});

const result = z.object({
  at: z.number(),
  /** The number of kept paragraphs. */
  paragraphs: z.number(),
});

/** An article with its results and its history; each list is oldest first. */
export const articleDetail = article.extend({
  /** Failed tries. */
  attempts: z.array(attempt),
  /** The actions on it after its intake. */
  actions: z.array(action),
  /** Every time it was processed; the last result is the stored one. */
  results: z.array(result),
});
export type ArticleDetail = z.infer<typeof articleDetail>;

/** Returns an article with its results, or null. */
export async function readArticle(sql: Sql, id: number): Promise<ArticleDetail | null> {
  const [found] = await readRows(
    article,
    () =>
      sql`
        SELECT
          articles.id::int8, articles.source, articles.group_id::int8, article_groups.name AS group,
          articles.import_id, articles.title, articles.content, ${
        sql.unsafe(FIELD_COLUMNS)
      }, articles.created_at,
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
  const [attempts, past] = await Promise.all([readAttempts(sql, id), readActions(sql, id)]);
  const results = new Map(
    past.flatMap(({ processedAt, paragraphs }) =>
      processedAt === null ? [] : [[processedAt, paragraphs ?? 0]]
    ),
  );
  if (found.processedAt !== null) results.set(found.processedAt, found.paragraphs.length);
  return {
    ...found,
    attempts,
    actions: past.map(({ kind, at, by, operationId }) => ({ kind, at, by, operationId })),
    results: [...results].map(([at, paragraphs]) => ({ at, paragraphs })),
  };
}

/** Returns the last hundred failed tries of an article, oldest first. */
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

const pastAction = action.extend({
  /** The result that the action ended; null if there was none. */
  processedAt: z.number().nullable(),
  paragraphs: z.number().nullable(),
});

/** Returns the last hundred actions on an article, oldest first. */
async function readActions(sql: Sql, id: number): Promise<z.infer<typeof pastAction>[]> {
  const newestFirst = await readRows(
    pastAction,
    () =>
      sql`
        SELECT actions.kind, actions.at, coalesce(actions.by, operations.actor, operations.asked_by) AS by,
          operation_id, processed_at, paragraphs
        FROM article_actions AS actions LEFT JOIN operations ON operations.id = operation_id
        WHERE article_id = ${id} ORDER BY at DESC LIMIT 100`,
  );
  return newestFirst.reverse();
}

/**
 * Makes an article pending again, atomically with an outbox row; returns the row's id, or null if the article
 * does not exist or is already pending. `by` is the actor's name.
 */
export async function processAgain(
  sql: Sql,
  id: number,
  by: string,
): Promise<{ outboxId: number } | null> {
  const [noted] = await readRows(
    z.object({ outboxId: z.number() }),
    () =>
      sql`
        WITH moved AS (
          INSERT INTO article_states AS known (article_id)
          SELECT id FROM original_articles WHERE id = ${id}
          ON CONFLICT (article_id) DO UPDATE SET
            state = 'pending', revision = known.revision + 1, tries = 0, due_at = NULL,
            first_failed_at = NULL, changed_at = now()
          WHERE known.state <> 'pending'
          RETURNING article_id, processed_at, paragraphs
        ), acted AS (
          INSERT INTO article_actions (article_id, at, kind, by, processed_at, paragraphs)
          SELECT article_id, now(), 'process_again', ${by}, processed_at, paragraphs FROM moved
        )
        INSERT INTO outbox (article_ids) SELECT ARRAY[article_id] FROM moved RETURNING id AS outbox_id`,
  );
  return noted ?? null;
}
