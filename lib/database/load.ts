import { z } from "zod";
import { ARTICLE_STATES } from "../article/state.ts";
import type { Sql } from "./client.ts";
import { readRows } from "./query.ts";
import { numbers } from "./separated.ts";

const loadedArticle = z.object({
  id: z.number(),
  /** Whether there is an article; without one, title and content are empty. */
  exists: z.boolean(),
  title: z.string(),
  content: z.string(),
  groupId: z.number(),
  state: z.enum(ARTICLE_STATES),
  /** What a settlement must name; 0 as long as the article has no state. */
  revision: z.number(),
  tries: z.number(),
  /** When a retry is due, ms since the epoch; null in other states. */
  dueAt: z.number().nullable(),
  /** When the state was entered; null as long as the article has none. */
  changedAt: z.number().nullable(),
  /** Whether it is to be processed now, by the database's clock. */
  due: z.boolean(),
});

/** One id of a batch, as Postgres knows it. */
export type LoadedArticle = z.infer<typeof loadedArticle>;

/** Loads a batch: a row for every id asked for, also for those that Postgres does not know. */
export async function loadBatch(sql: Sql, ids: number[]): Promise<LoadedArticle[]> {
  if (ids.length === 0) return [];
  return await readRows(
    loadedArticle,
    () =>
      sql`
        SELECT
          asked.id,
          articles.id IS NOT NULL AS exists,
          coalesce(articles.title, '') AS title,
          -- The text of what is only to be placed need not travel.
          CASE WHEN is_open THEN coalesce(articles.content, '') ELSE '' END AS content,
          coalesce(articles.group_id, 1)::int8 AS group_id,
          coalesce(states.state, 'pending') AS state,
          coalesce(states.revision, 0) AS revision,
          coalesce(states.tries, 0) AS tries,
          states.due_at,
          states.changed_at,
          is_open AND coalesce(states.due_at <= now(), true) AS due
        FROM unnest(${numbers(ids)}::bigint[]) AS asked (id)
        LEFT JOIN original_articles AS articles ON articles.id = asked.id
        LEFT JOIN article_states AS states ON states.article_id = asked.id
        CROSS JOIN LATERAL (
          SELECT coalesce(states.state, 'pending') IN ('pending', 'retry') AS is_open
        ) AS open`,
  );
}
