import { z } from "zod";
import { CONTENT_KINDS } from "../article/article_fields.ts";
import { ARTICLE_STATES } from "../article/state_machine.ts";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";
import { arrayLiteral } from "./sql_parameters.ts";

const loadedArticle = z.object({
  id: z.number(),
  /** Whether the article exists; if not, title and content are empty. */
  exists: z.boolean(),
  title: z.string(),
  content: z.string(),
  contentKind: z.enum(CONTENT_KINDS).nullable(),
  groupId: z.number(),
  state: z.enum(ARTICLE_STATES),
  /** The revision that a settlement must match; 0 if the article has no state. */
  revision: z.number(),
  tries: z.number(),
  /** Whether its last try hung or crashed a worker. */
  quarantinedBefore: z.boolean(),
  /** Milliseconds until a retry is due; null in other states. */
  dueInMs: z.number().nullable(),
  /** When the state was entered; null if the article has none. */
  changedAt: z.number().nullable(),
  /** How long it has been due; null if unknown. */
  waitedMs: z.number().nullable(),
  /** Whether it is due for processing, on the database's clock. */
  due: z.boolean(),
});

/** An id of a batch, with its state in Postgres. */
export type LoadedArticle = z.infer<typeof loadedArticle>;

/** Loads a batch: one row for every id, even for unknown ones. */
export function loadBatch(sql: Sql, ids: number[]): Promise<LoadedArticle[]> {
  return load(sql, ids, sql`articles.id = requested.id`);
}

/** Loads the state of an article whose own row cannot be read; title and content are empty. */
export function loadWithoutArticle(sql: Sql, id: number): Promise<LoadedArticle[]> {
  return load(sql, [id], sql`false`);
}

async function load(
  sql: Sql,
  ids: number[],
  isArticle: ReturnType<Sql>,
): Promise<LoadedArticle[]> {
  if (ids.length === 0) return [];
  return await readRows(
    loadedArticle,
    () =>
      sql`
        SELECT
          requested.id,
          articles.id IS NOT NULL AS exists,
          coalesce(articles.title, '') AS title,
          -- The text of what is only to be placed need not travel.
          CASE WHEN is_open THEN coalesce(articles.content, '') ELSE '' END AS content,
          articles.content_kind,
          coalesce(articles.group_id, 1)::int8 AS group_id,
          coalesce(states.state, 'pending') AS state,
          coalesce(states.revision, 0) AS revision,
          coalesce(states.tries, 0) AS tries,
          coalesce(
            states.tries > 0 AND states.reason IN ('timed_out', 'crashed'),
            false
          ) AS quarantined_before,
          extract(epoch FROM states.due_at - now())::float8 * 1000 AS due_in_ms,
          states.changed_at,
          extract(epoch FROM now() - coalesce(states.due_at, states.changed_at, articles.created_at))
            ::float8 * 1000 AS waited_ms,
          is_open AND coalesce(states.due_at <= now(), true) AS due
        FROM unnest(${arrayLiteral(ids)}::bigint[]) AS requested (id)
        LEFT JOIN original_articles AS articles ON ${isArticle}
        LEFT JOIN article_states AS states ON states.article_id = requested.id
        CROSS JOIN LATERAL (
          SELECT coalesce(states.state, 'pending') IN ('pending', 'retry') AS is_open
        ) AS open`,
  );
}
