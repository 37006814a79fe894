import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRow } from "./query.ts";

const found = z.object({
  count: z.number(),
  /** The most frequent cause, and its number of articles. */
  error: z.string().nullable(),
  causeCount: z.number().nullable(),
});

/** Returns the articles in retry or dead that last failed between two times, ms since the epoch. */
export type FailuresBetween = z.infer<typeof found>;

export async function failuresBetween(
  sql: Sql,
  from: number,
  to: number,
): Promise<FailuresBetween> {
  return await readRow(
    found,
    () =>
      sql`
        WITH failed AS MATERIALIZED (
          SELECT fingerprint, error FROM article_states
          WHERE state IN ('retry', 'dead')
            AND last_failed_at >= ${from}::timestamptz AND last_failed_at < ${to}::timestamptz
        ), top AS (
          SELECT min(error) AS error, count(*) AS cause_count FROM failed
          GROUP BY fingerprint ORDER BY count(*) DESC LIMIT 1
        )
        SELECT (SELECT count(*) FROM failed) AS count, error, cause_count
        FROM (SELECT 1) AS one LEFT JOIN top ON true`,
  );
}
