import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { SPANS } from "./chart_history.ts";
import { readRows } from "./query.ts";

const STEPS = JSON.stringify(
  Object.entries(SPANS).map(([span, { step, kept }]) => ({ span, step, kept })),
);

/**
 * Returns the number of processed articles at a time (ms), at the stored resolution; null if it is older than
 * the retention. There are no samples without changes, so the count before a sample equals that of the
 * previous one.
 */
export async function processedAt(sql: Sql, at: number): Promise<number | null> {
  const [row] = await readRows(
    z.object({ processed: z.number() }),
    () =>
      sql`
        SELECT found.processed
        FROM json_to_recordset((${STEPS}::text)::json) AS spans (span text, step integer, kept integer)
        CROSS JOIN LATERAL (
          (SELECT processed, 1 AS choice FROM history
            WHERE history.span = spans.span AND at <= ${at}::timestamptz
            ORDER BY at DESC LIMIT 1)
          UNION ALL
          (SELECT processed, 2 FROM history
            WHERE history.span = spans.span ORDER BY at LIMIT 1)
          ORDER BY choice LIMIT 1
        ) AS found
        WHERE ${at}::timestamptz > now() - kept * interval '1 s'
        ORDER BY step LIMIT 1`,
  );
  return row?.processed ?? null;
}

/** Returns the causes of failure first seen at or after a time (ms), in order. */
export async function causesSince(sql: Sql, at: number, limit: number): Promise<string[]> {
  const rows = await readRows(
    z.object({ label: z.string() }),
    () =>
      sql`
        SELECT label FROM failure_labels
        WHERE kind = 'cause' AND first_at >= ${at}::timestamptz
        ORDER BY id LIMIT ${limit}`,
  );
  return rows.map(({ label }) => label);
}
