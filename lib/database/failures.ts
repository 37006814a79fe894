import { z } from "zod";
import type { Sql } from "./client.ts";
import { readRow, readRows } from "./query.ts";
import { numbers } from "./separated.ts";
import { type Page, RANGE_BITS, TOP, walkDown } from "./walk.ts";

/** Which failed articles are meant; all that is given must be true of them. */
export const failureFilter = z.strictObject({
  state: z.enum(["retry", "dead"]).optional(),
  /** The cause. */
  fingerprint: z.string().optional(),
  /** Part of the error as it is kept with the article's state, in any case. */
  text: z.string().optional(),
  ids: z.array(z.number()).max(1_000).optional(),
  /** What had failed last by then, in milliseconds since the epoch. */
  until: z.number().optional(),
});

export type FailureFilter = z.infer<typeof failureFilter>;

const ASCII = /^\p{ASCII}*$/u;

/** The filter as a condition on `article_states AS failed`. */
export function matching(sql: Sql, filter: FailureFilter) {
  const { state, fingerprint, text, ids, until } = filter;
  // Among ASCII alone, what is lower-cased as ASCII matches as well, in a third of the time.
  const lowered = ASCII.test(text ?? "")
    ? sql`lower(failed.error COLLATE "C")`
    : sql`lower(failed.error)`;
  return sql`
    failed.state IN ('retry', 'dead')
    ${state === undefined ? sql`` : sql`AND failed.state = ${state}`}
    ${fingerprint === undefined ? sql`` : sql`AND failed.fingerprint = ${fingerprint}`}
    ${text === undefined ? sql`` : sql`AND strpos(${lowered}, lower(${text})) > 0`}
    ${ids === undefined ? sql`` : sql`AND failed.article_id = ANY(${numbers(ids)}::bigint[])`}
    ${until === undefined ? sql`` : sql`AND failed.last_failed_at <= ${until}::timestamptz`}`;
}

/** The recent failures of a cause are counted in so many parts of an hour, the newest last. */
const PARTS = 12;

const cause = z.object({
  fingerprint: z.string(),
  /** An error of the newest article of the cause. */
  sample: z.string().nullable(),
  reason: z.string().nullable(),
  retry: z.number(),
  dead: z.number(),
  /** Milliseconds since the epoch. */
  firstSeen: z.number().nullable(),
  lastSeen: z.number().nullable(),
  recent: z.record(z.string(), z.number()).transform((parts) =>
    Array.from({ length: PARTS }, (_, part) => parts[part] ?? 0)
  ),
});

/** The failed articles of one cause, and when in the last hour they failed last. */
export type FailureCause = z.infer<typeof cause>;

/** Causes, with the counts of all that match, also where not every cause is listed. */
export interface FailureCauses {
  causes: FailureCause[];
  /** How many causes there are. */
  total: number;
  /** How many articles. */
  retry: number;
  dead: number;
}

/** The causes of what is in retry or dead, those with most articles first. */
export async function listCauses(
  sql: Sql,
  filter: FailureFilter,
  limit: number,
): Promise<FailureCauses> {
  const rows = await readRows(
    cause.extend({ allCauses: z.number(), allRetry: z.number(), allDead: z.number() }),
    () =>
      sql`
        WITH groups AS (
          -- In the order of the index, so that a hundred thousand need no sorting and no table of hashes.
          SELECT
            fingerprint,
            count(*) FILTER (WHERE state = 'retry') AS retry,
            count(*) FILTER (WHERE state = 'dead') AS dead,
            min(first_failed_at) AS first_seen,
            max(last_failed_at) AS last_seen,
            array_agg(${PARTS - 1} - floor(
              date_part('epoch', now() - last_failed_at) * ${PARTS / 3600}::float8
            )::int) FILTER (WHERE last_failed_at > now() - interval '1 h') AS parts
          FROM article_states AS failed WHERE ${matching(sql, filter)}
          GROUP BY fingerprint
        ), causes AS (
          SELECT
            *,
            count(*) OVER () AS all_causes,
            (sum(retry) OVER ())::int8 AS all_retry,
            (sum(dead) OVER ())::int8 AS all_dead
          FROM groups ORDER BY retry + dead DESC, fingerprint LIMIT ${limit}
        )
        SELECT
          fingerprint, retry, dead, first_seen, last_seen, all_causes, all_retry, all_dead,
          newest.error AS sample, newest.reason,
          coalesce((
            SELECT json_object_agg(part, times)
            FROM (SELECT part, count(*) AS times FROM unnest(parts) AS part GROUP BY part) AS counted
          ), '{}') AS recent
        FROM causes LEFT JOIN LATERAL (
          SELECT error, reason FROM article_states AS failed
          WHERE failed.fingerprint = causes.fingerprint AND state IN ('retry', 'dead')
          ORDER BY article_id DESC LIMIT 1
        ) AS newest ON true
        ORDER BY retry + dead DESC, fingerprint`,
  );
  const [{ allCauses = 0, allRetry = 0, allDead = 0 } = {}] = rows;
  return {
    causes: rows.map(({ allCauses: _, allRetry: _retry, allDead: _dead, ...each }) => each),
    total: allCauses,
    retry: allRetry,
    dead: allDead,
  };
}

const failedArticle = z.object({
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
});

/** An article in retry or dead; its stack and its tries are with the article itself. */
export type FailedArticle = z.infer<typeof failedArticle>;

/** A page of failed articles, newest first. */
export async function listFailures(
  sql: Sql,
  filter: FailureFilter,
  { cursor = null, limit }: { cursor?: number | null; limit: number },
): Promise<Page<FailedArticle>> {
  const top = cursor ?? TOP;
  return await walkDown({
    top,
    limit,
    newestBelow: (id) => newestBelow(sql, id),
    step: (from, to, wanted) =>
      readRows(
        failedArticle,
        () =>
          sql`
          SELECT
            failed.article_id AS id, articles.title, failed.state, failed.tries, failed.due_at,
            failed.changed_at, failed.first_failed_at, failed.last_failed_at,
            failed.reason, failed.error, failed.fingerprint
          FROM article_states AS failed
          LEFT JOIN original_articles AS articles ON articles.id = failed.article_id
          WHERE failed.article_id >= ${to}::bigint << ${RANGE_BITS}
            AND failed.article_id < least((${from}::bigint + 1) << ${RANGE_BITS}, ${top}::bigint)
            AND ${matching(sql, filter)}
          ORDER BY failed.article_id DESC LIMIT ${wanted}`,
      ),
  });
}

/** How many articles a filter means, for a preview of what an operation would touch. */
export async function countFailures(sql: Sql, filter: FailureFilter): Promise<number> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () => sql`SELECT count(*) FROM article_states AS failed WHERE ${matching(sql, filter)}`,
  );
  return count;
}

async function newestBelow(sql: Sql, id: number): Promise<number | null> {
  const { newest } = await readRow(
    z.object({ newest: z.number().nullable() }),
    () =>
      sql`
        SELECT max(article_id) AS newest FROM article_states
        WHERE state IN ('retry', 'dead') AND article_id < ${id}`,
  );
  return newest;
}
