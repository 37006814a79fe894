import { z } from "zod";
import type { FailureCursor } from "../wire/failure_cursor.ts";
import type { Sql } from "./postgres_client.ts";
import { type FailureFilter, matching } from "./failure_filter.ts";
import { atMicrosecond, microsecondsOf } from "./microseconds.ts";
import { readRow, readRows } from "./query.ts";

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
  /** The article's own source. */
  articleSource: z.string().nullable(),
  /** The node of the last failure. */
  node: z.string().nullable(),
});

/** An article in retry or dead, without its stack and its tries. */
export type FailedArticle = z.infer<typeof failedArticle>;

/** A page of failed articles, latest failure first, and where the next one starts; null: there is none. */
export interface FailurePage {
  rows: FailedArticle[];
  next: FailureCursor | null;
}

/**
 * Returns a page of failed articles, latest failure first. The ids come from an index that covers every filter
 * in this order, so a page is full unless it is the last one.
 */
export async function listFailures(
  sql: Sql,
  filter: FailureFilter,
  { after = null, limit }: { after?: FailureCursor | null; limit: number },
): Promise<FailurePage> {
  const isAfter = after === null ? sql`` : sql`
    AND (failed.last_failed_at, failed.article_id) < (${
    atMicrosecond(sql, after.at)
  }, ${after.id})`;
  const found = await readRows(
    failedArticle.extend({ micros: z.number() }),
    () =>
      sql`
        WITH found AS MATERIALIZED (
          SELECT failed.article_id FROM article_states AS failed
          WHERE ${matching(sql, filter)} ${isAfter}
          ORDER BY failed.last_failed_at DESC, failed.article_id DESC LIMIT ${limit + 1}
        )
        SELECT
          failed.article_id AS id, articles.title, failed.state, failed.tries, failed.due_at,
          failed.changed_at, failed.first_failed_at, failed.last_failed_at,
          failed.reason, failed.error, failed.fingerprint,
          groups.label AS group, sources.label AS source,
          articles.source AS article_source, nodes.label AS node,
          ${microsecondsOf(sql, sql`failed.last_failed_at`)} AS micros
        FROM found
        JOIN article_states AS failed USING (article_id)
        LEFT JOIN original_articles AS articles ON articles.id = failed.article_id
        LEFT JOIN failure_labels AS groups ON groups.id = failed.group_key
        LEFT JOIN failure_labels AS sources ON sources.id = failed.source_key
        LEFT JOIN failure_labels AS nodes ON nodes.id = failed.node_key
        ORDER BY failed.last_failed_at DESC, failed.article_id DESC`,
  );
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    rows: page.map(({ micros: _, ...row }) => row),
    next: found.length > limit && last !== undefined ? { at: last.micros, id: last.id } : null,
  };
}

/** Counts the articles that match a filter, to preview an operation. */
export async function countFailures(sql: Sql, filter: FailureFilter): Promise<number> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () => sql`SELECT count(*) FROM article_states AS failed WHERE ${matching(sql, filter)}`,
  );
  return count;
}
