import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

/**
 * Deletes an article with its results atomically; returns whether it existed. Its state remains as discarded
 * with a later revision, so that a node that is processing it settles nothing.
 */
export async function removeArticle(sql: Sql, id: number): Promise<boolean> {
  const removed = await readRows(
    z.object({ id: z.number() }),
    () =>
      sql`
        WITH removed AS (
          DELETE FROM original_articles WHERE id = ${id} RETURNING id
        ), state AS (
          INSERT INTO article_states AS states (article_id, state, revision)
          SELECT id, 'discarded', 1 FROM removed
          ON CONFLICT (article_id) DO UPDATE SET
            state = 'discarded', revision = states.revision + 1, due_at = NULL, changed_at = now()
        ), old_titles AS (
          DELETE FROM titles WHERE article_id IN (SELECT id FROM removed)
        ), old_contents AS (
          DELETE FROM contents WHERE article_id IN (SELECT id FROM removed)
        )
        SELECT id::int8 FROM removed`,
  );
  return removed.length > 0;
}
