import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { pruneSpans, type Span, SPANS } from "./chart_history.ts";
import { readRows, run } from "./query.ts";

/** Cumulative counts of a node since its start, in the buckets of a histogram. */
const nodeCounts = z.object({ wait: z.array(z.number()), run: z.array(z.number()) });
export type NodeCounts = z.infer<typeof nodeCounts>;

const row = z.object({ at: z.number(), nodes: z.record(z.string(), nodeCounts) });
/** The nodes' counts at the end of a step. */
export type TimingRow = z.infer<typeof row>;

const STEPS = JSON.stringify(
  Object.entries(SPANS).map(([span, { drawn, kept }]) => ({ span, step: drawn, kept })),
);

/** Keeps the nodes' counts in every span; the last ones of a step stand, of a node that left too. */
export async function insertTimings(sql: Sql, { at, nodes }: TimingRow): Promise<void> {
  const counts = JSON.stringify(nodes);
  await run(() =>
    sql`
      INSERT INTO history_timing AS known (span, at, nodes)
      SELECT
        span, to_timestamp(floor(${at}::float8 / 1000 / step) * step), (${counts}::text)::jsonb
      FROM json_to_recordset((${STEPS}::text)::json) AS spans (span text, step integer)
      ORDER BY span
      ON CONFLICT (span, at) DO UPDATE SET nodes = known.nodes || EXCLUDED.nodes`
  );
}

/** The counts of one span, oldest first, up to `until` (ms, default now), and the last before it. */
export async function readTimings(
  sql: Sql,
  span: Span,
  { until = null }: { until?: number | null } = {},
): Promise<TimingRow[]> {
  const end = sql`coalesce(${until}::timestamptz, now())`;
  const begin = sql`${end} - ${SPANS[span].length}::float8 * interval '1 s'`;
  return await readRows(
    row,
    () =>
      sql`
        (SELECT at, nodes FROM history_timing WHERE span = ${span} AND at < ${begin}
          ORDER BY at DESC LIMIT 1)
        UNION ALL
        SELECT at, nodes FROM history_timing WHERE span = ${span} AND at BETWEEN ${begin} AND ${end}
        ORDER BY at`,
  );
}

/** Deletes expired counts except the last ones, the baseline of the first kept ones. */
export async function pruneTimings(sql: Sql): Promise<void> {
  await pruneSpans(sql, "history_timing");
}
