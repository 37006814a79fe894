import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

const removed = z.object({ id: z.number(), source: z.string().nullable() });

/**
 * Deletes an article with its results and its history atomically; returns null if it does not exist. Its state
 * remains as discarded with a later revision, so that a node that is processing it settles nothing.
 */
export async function removeArticle(
  sql: Sql,
  id: number,
): Promise<z.infer<typeof removed> | null> {
  const [article] = await readRows(
    removed,
    () =>
      sql`
        WITH removed AS (
          DELETE FROM original_articles WHERE id = ${id} RETURNING id, source
        ), state AS (
          INSERT INTO article_states AS states (article_id, state, revision)
          SELECT id, 'discarded', 1 FROM removed
          ON CONFLICT (article_id) DO UPDATE SET
            state = 'discarded', revision = states.revision + 1, due_at = NULL, changed_at = now(),
            -- They may quote the article.
            error = NULL, stack = NULL, fingerprint = NULL
        ), old_titles AS (
          DELETE FROM titles WHERE article_id IN (SELECT id FROM removed)
        ), old_contents AS (
          DELETE FROM contents WHERE article_id IN (SELECT id FROM removed)
        ), old_attempts AS (
          DELETE FROM attempts WHERE article_id IN (SELECT id FROM removed)
        ), old_actions AS (
          DELETE FROM article_actions WHERE article_id IN (SELECT id FROM removed)
        )
        SELECT id::int8, source FROM removed`,
  );
  return article ?? null;
}
