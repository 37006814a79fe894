import { z } from "zod";
import { type StreamSample, streamSample } from "../wire/stream_sample.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";

const SECOND = 1;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/**
 * The spans of the charts, in seconds: the displayed duration, the intervals of samples and points, and the
 * retention of samples.
 */
export const SPANS = {
  "5m": { length: 5 * MINUTE, step: SECOND, drawn: 5 * SECOND, kept: HOUR },
  "1h": { length: HOUR, step: 10 * SECOND, drawn: 30 * SECOND, kept: DAY },
  "24h": { length: DAY, step: 5 * MINUTE, drawn: 10 * MINUTE, kept: 30 * DAY },
  "7d": { length: 7 * DAY, step: 30 * MINUTE, drawn: HOUR, kept: 365 * DAY },
} as const;

export type Span = keyof typeof SPANS;

const STEPS = JSON.stringify(
  Object.entries(SPANS).map(([span, { step, kept }]) => ({ span, step, kept })),
);

/**
 * Stores a sample in every span; the last one per interval wins, from any node. The column `failed` counts
 * articles that became dead letters, as in `processor_tally`.
 */
export async function insertSample(sql: Sql, sample: StreamSample): Promise<void> {
  const { at, processed, failed, retried, pending, retry, dead } = sample;
  await run(() =>
    sql`
      INSERT INTO history AS known (span, at, processed, failed, retried, pending, retry, dead)
      SELECT
        span, to_timestamp(floor(${at}::float8 / 1000 / step) * step),
        ${processed}, ${failed - retried}, ${retried}, ${pending}, ${retry}, ${dead}
      FROM json_to_recordset((${STEPS}::text)::json) AS spans (span text, step integer)
      ORDER BY span
      ON CONFLICT (span, at) DO UPDATE SET
        -- Another node may have stored higher counts already; they only rise.
        processed = greatest(known.processed, EXCLUDED.processed),
        failed = greatest(known.failed, EXCLUDED.failed),
        retried = greatest(known.retried, EXCLUDED.retried),
        pending = EXCLUDED.pending,
        retry = EXCLUDED.retry,
        dead = EXCLUDED.dead`
  );
}

/**
 * Returns the samples of one span, oldest first, up to `until` (ms, default now). Intervals without a change
 * have none; the last one before the span is included as the baseline of the differences.
 */
export async function readHistory(
  sql: Sql,
  span: Span,
  { until = null }: { until?: number | null } = {},
): Promise<StreamSample[]> {
  const end = sql`coalesce(${until}::timestamptz, now())`;
  const begin = sql`${end} - ${SPANS[span].length}::float8 * interval '1 s'`;
  const columns = sql`at, processed, failed + retried AS failed, retried, pending, retry, dead`;
  return await readRows(
    streamSample,
    () =>
      sql`
        (SELECT ${columns} FROM history WHERE span = ${span} AND at < ${begin}
          ORDER BY at DESC LIMIT 1)
        UNION ALL
        SELECT ${columns} FROM history WHERE span = ${span} AND at BETWEEN ${begin} AND ${end}
        ORDER BY at`,
  );
}

/**
 * Returns when the history begins, ms, or null if there is none: not before the first data, and as close to it as
 * the finest span that is kept since then, two seconds in the first hour.
 */
export async function readHistoryBegin(sql: Sql): Promise<number | null> {
  const { begin } = await readRow(
    z.object({ begin: z.number().nullable() }),
    () =>
      // A sample's time is the start of its interval, and the first one may be the zero before all data.
      sql`
        SELECT min(least(first.at + 2 * step * interval '1 s', now())) AS begin
        FROM json_to_recordset((${STEPS}::text)::json) AS spans (span text, step integer)
        CROSS JOIN LATERAL (
          SELECT at FROM history WHERE history.span = spans.span ORDER BY at LIMIT 1
        ) AS first`,
  );
  return begin;
}

/** Deletes expired samples except the last one, the baseline of the first kept one. */
export async function pruneHistory(sql: Sql): Promise<void> {
  await pruneSpans(sql, "history");
}

/** Deletes the expired rows of a table with `span` and `at`, except the last one of each span. */
export async function pruneSpans(sql: Sql, table: "history" | "history_timing"): Promise<void> {
  const rows = sql.unsafe(table);
  await run(() =>
    sql`
      DELETE FROM ${rows} AS expired
      USING (
        SELECT span, (
          SELECT max(at) FROM ${rows} AS rows
          WHERE rows.span = spans.span AND at < now() - kept * interval '1 s'
        ) AS begin
        FROM json_to_recordset((${STEPS}::text)::json) AS spans (span text, kept integer)
      ) AS bounds
      WHERE expired.span = bounds.span AND at < bounds.begin`
  );
}
