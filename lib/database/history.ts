import { z } from "zod";
import type { Sql } from "./client.ts";
import { readRows, run } from "./query.ts";

/** The spans of the charts: how far back, in buckets how long. */
export const SPANS = {
  "5m": { lengthMs: 5 * 60_000, bucketMs: 1_000 },
  "1h": { lengthMs: 3_600_000, bucketMs: 10_000 },
  "24h": { lengthMs: 86_400_000, bucketMs: 300_000 },
  "7d": { lengthMs: 7 * 86_400_000, bucketMs: 1_800_000 },
} as const;

export type Span = keyof typeof SPANS;

/** Every span is kept this many times over, so that one can look back. */
const KEPT = 4;

/** The counts since the beginning, and the depths, at one moment (ms since the epoch). */
export interface Sample {
  at: number;
  processed: number;
  failed: number;
  retried: number;
  pending: number;
  retry: number;
  dead: number;
}

/** Keeps a sample in every span; the last one of a bucket stands. */
export async function insertSample(sql: Sql, sample: Sample): Promise<void> {
  const { at, processed, failed, retried, pending, retry, dead } = sample;
  const buckets = Object.values(SPANS).map(({ bucketMs }) => Math.floor(at / bucketMs) * bucketMs);
  await run(() =>
    sql`
      INSERT INTO history AS known (span, at, processed, failed, retried, pending, retry, dead)
      SELECT span, to_timestamp(bucket / 1000.0), ${processed}::int8, ${failed}::int8,
        ${retried}::int8, ${pending}::int8, ${retry}::int8, ${dead}::int8
      FROM ROWS FROM (
        unnest(${`{${Object.keys(SPANS).join(",")}}`}::text[]),
        unnest(${`{${buckets.join(",")}}`}::float8[])
      ) AS given (span, bucket)
      ON CONFLICT (span, at) DO UPDATE SET
        -- Another node may have been told of more already; counts only rise.
        processed = greatest(known.processed, EXCLUDED.processed),
        failed = greatest(known.failed, EXCLUDED.failed),
        retried = greatest(known.retried, EXCLUDED.retried),
        pending = EXCLUDED.pending,
        retry = EXCLUDED.retry,
        dead = EXCLUDED.dead`
  );
}

const point = z.object({
  /** The bucket's begin, ms since the epoch. */
  at: z.number(),
  /** Done within the bucket. */
  processed: z.number(),
  failed: z.number(),
  retried: z.number(),
  /** Depths at the bucket's end. */
  pending: z.number(),
  retry: z.number(),
  dead: z.number(),
});

export type HistoryPoint = z.infer<typeof point>;

/**
 * The buckets of a span that ends at `until` (ms since the epoch), oldest first. A bucket in which
 * nothing changed is left out: its counts are 0 and its depths those of the one before.
 */
export async function readHistory(sql: Sql, span: Span, until: number): Promise<HistoryPoint[]> {
  const from = until - SPANS[span].lengthMs;
  return await readRows(
    point,
    () =>
      sql`
        WITH told AS (
          (SELECT * FROM history
            WHERE span = ${span} AND at < to_timestamp(${from}::float8 / 1000)
            ORDER BY at DESC LIMIT 1)
          UNION ALL
          SELECT * FROM history
          WHERE span = ${span} AND at >= to_timestamp(${from}::float8 / 1000)
            AND at <= to_timestamp(${until}::float8 / 1000)
        ), counted AS (
          SELECT at,
            processed - lag(processed, 1, 0::int8) OVER moments AS processed,
            failed - lag(failed, 1, 0::int8) OVER moments AS failed,
            retried - lag(retried, 1, 0::int8) OVER moments AS retried,
            pending, retry, dead
          FROM told WINDOW moments AS (ORDER BY at)
        )
        SELECT * FROM counted WHERE at >= to_timestamp(${from}::float8 / 1000) ORDER BY at`,
  );
}

/** Drops what no chart can reach any more; the space stays bounded. */
export async function pruneHistory(sql: Sql): Promise<void> {
  const ages = Object.values(SPANS).map(({ lengthMs }) => lengthMs * KEPT / 1_000);
  await run(() =>
    sql`
      DELETE FROM history USING ROWS FROM (
        unnest(${`{${Object.keys(SPANS).join(",")}}`}::text[]),
        unnest(${`{${ages.join(",")}}`}::float8[])
      ) AS kept (span, seconds)
      WHERE history.span = kept.span AND history.at < now() - kept.seconds * interval '1 s'
        -- The newest one stays, however old: the next bucket counts from it.
        AND history.at < (SELECT max(at) FROM history AS newest WHERE newest.span = history.span)`
  );
}
