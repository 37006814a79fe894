import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { type FailureFilter, matching } from "./failure_filter.ts";
import { readRow, readRows } from "./query.ts";
import { type Page, TOP } from "./walk_down.ts";

export const failedArticle = z.object({
  id: z.number(),
  /** Null when the id has no article. */
  title: z.string().nullable(),
  state: z.enum(["retry", "dead"]),
  tries: z.number(),
  /** Milliseconds since the epoch. */
  dueAt: z.number().nullable(),
  changedAt: z.number(),
  firstFailedAt: z.number().nullable(),
  lastFailedAt: z.number().nullable(),
  reason: z.string().nullable(),
  error: z.string().nullable(),
  fingerprint: z.string().nullable(),
  group: z.string().nullable(),
  /** The common part of many articles' sources, such as a host. */
  source: z.string().nullable(),
  /** The node of the last failure. */
  node: z.string().nullable(),
});

/** An article in retry or dead, without its stack and its tries. */
export type FailedArticle = z.infer<typeof failedArticle>;

/**
 * Returns a page of failed articles, newest first. The ids come from an index that covers every filter, so a
 * page is full unless it is the last one.
 */
export async function listFailures(
  sql: Sql,
  filter: FailureFilter,
  { cursor = null, limit }: { cursor?: number | null; limit: number },
): Promise<Page<FailedArticle>> {
  const rows = await readRows(
    failedArticle,
    () =>
      sql`
        WITH found AS MATERIALIZED (
          SELECT failed.article_id FROM article_states AS failed
          WHERE failed.article_id < ${cursor ?? TOP} AND ${matching(sql, filter)}
          ORDER BY failed.article_id DESC LIMIT ${limit + 1}
        )
        SELECT
          failed.article_id AS id, articles.title, failed.state, failed.tries, failed.due_at,
          failed.changed_at, failed.first_failed_at, failed.last_failed_at,
          failed.reason, failed.error, failed.fingerprint,
          groups.label AS group, sources.label AS source, nodes.label AS node
        FROM found
        JOIN article_states AS failed USING (article_id)
        LEFT JOIN original_articles AS articles ON articles.id = failed.article_id
        LEFT JOIN failure_labels AS groups ON groups.id = failed.group_key
        LEFT JOIN failure_labels AS sources ON sources.id = failed.source_key
        LEFT JOIN failure_labels AS nodes ON nodes.id = failed.node_key
        ORDER BY failed.article_id DESC`,
  );
  const page = rows.slice(0, limit);
  return { rows: page, cursor: rows.length > limit ? page.at(-1)?.id ?? null : null };
}

/** Counts the articles that match a filter, to preview an operation. */
export async function countFailures(sql: Sql, filter: FailureFilter): Promise<number> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () => sql`SELECT count(*) FROM article_states AS failed WHERE ${matching(sql, filter)}`,
  );
  return count;
}
