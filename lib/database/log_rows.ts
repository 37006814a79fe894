import { z } from "zod";
import type { LogRow } from "../runtime/fold_repeated_lines.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, run } from "./query.ts";
import { storable } from "./sql_parameters.ts";

/** Stores rows of the log of `node`; a row with a known `at` replaces the stored one. */
export async function putLogRows(sql: Sql, node: string, rows: readonly LogRow[]): Promise<void> {
  const given = JSON.stringify(
    rows.map(({ at, lastAt, ...rest }) => ({ ...rest, at, last_at: Math.round(lastAt * 1_000) })),
    (_, value) => typeof value === "string" ? storable(value) : value,
  );
  await run(() =>
    sql`
      INSERT INTO log_lines
        (at, node, level, message, lines, last_at, article, request, code, parameters)
      SELECT
        'epoch'::timestamptz + at * interval '1 microsecond', ${
      storable(node)
    }, level, message, lines,
        'epoch'::timestamptz + last_at * interval '1 microsecond', article, request,
        code, parameters
      FROM jsonb_to_recordset((${given}::text)::jsonb) AS given (
        at float8, level text, message text, lines integer, last_at float8, article bigint,
        request text, code text, parameters jsonb
      )
      ON CONFLICT (at, node) DO UPDATE SET
        message = EXCLUDED.message, lines = EXCLUDED.lines, last_at = EXCLUDED.last_at,
        article = EXCLUDED.article, request = EXCLUDED.request, parameters = EXCLUDED.parameters`
  );
}

/** The retention of the log by age and by number of rows. */
export interface LogRetention {
  days: number;
  rows: number;
}

/** The key of the advisory lock, arbitrary but unique. */
const LOCK = 4_823_071;
/** The part of the bound from which rows are counted; the estimate may lag behind by a fifth. */
const COUNTED_FROM = 0.75;

/**
 * Returns the time (ms since the epoch) up to which rows are expired: those older than the maximum age, or
 * beyond the maximum number of rows. Rows are counted only when Postgres's estimate is near the bound or
 * unknown, and by one node at a time.
 */
export async function expiredLogTime(sql: Sql, { days, rows }: LogRetention): Promise<number> {
  const { at } = await readRow(
    z.object({ at: z.number() }),
    () =>
      sql`
        SELECT greatest(
          now() - ${days} * interval '1 day',
          (
            SELECT log_lines.at FROM log_lines
            WHERE (
              SELECT reltuples NOT BETWEEN 0 AND ${rows * COUNTED_FROM}::float8
                AND pg_try_advisory_xact_lock(${LOCK})
              FROM pg_class WHERE oid = 'log_lines'::regclass
            )
            ORDER BY log_lines.at DESC, log_lines.node DESC OFFSET ${rows} LIMIT 1
          )
        ) AS at`,
  );
  return at;
}

/** Deletes at most `limit` rows up to a time (ms since the epoch), oldest first; returns their number. */
export async function deleteLogRows(sql: Sql, until: number, limit: number): Promise<number> {
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () =>
      sql`
        WITH deleted AS (
          DELETE FROM log_lines WHERE (at, node) IN (
            SELECT at, node FROM log_lines WHERE at <= ${until}::timestamptz
            ORDER BY at, node LIMIT ${limit}
          ) RETURNING 1
        ) SELECT count(*) AS count FROM deleted`,
  );
  return count;
}
