import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRows } from "./query.ts";

const removed = z.object({ id: z.number(), source: z.string().nullable() });

/**
 * Deletes an article with its results and its history atomically; returns null if it does not exist. A title that
 * another article shares is kept. Its state
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
        ), inherited AS MATERIALIZED (
          SELECT DISTINCT ON (titles.id) titles.id, shares.article_id AS heir
          FROM removed
          JOIN titles ON titles.article_id = removed.id
          JOIN title_shares AS shares ON shares.group_id = titles.group_id
            AND shares.title_key = md5(titles.title)::uuid AND shares.article_id <> removed.id
          ORDER BY titles.id, shares.article_id
        ), passed_titles AS (
          UPDATE titles SET article_id = heir FROM inherited WHERE inherited.id = titles.id
        ), old_titles AS (
          DELETE FROM titles
          WHERE article_id IN (SELECT id FROM removed) AND id NOT IN (SELECT id FROM inherited)
        ), old_shares AS (
          DELETE FROM title_shares
          WHERE article_id IN (SELECT id FROM removed UNION ALL SELECT heir FROM inherited)
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
