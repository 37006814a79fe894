import { z } from "zod";
import type { Breakdown } from "../wire/breakdown.ts";
import type { Sql } from "./postgres_client.ts";
import { type Span, SPANS } from "./chart_history.ts";
import { readRows, run } from "./query.ts";

/** Used as a group id: all groups beyond the busiest. */
export const OTHER_GROUPS = "0";

/** By group id: processed articles, failed attempts. */
const groupCounts = z.record(z.string(), z.tuple([z.number(), z.number()]));
export type GroupCounts = z.infer<typeof groupCounts>;

/** The settled counts of a node in one step of a span. */
export interface NodeStep {
  span: Span;
  /** The start of the step, ms since the epoch. */
  at: number;
  groups: GroupCounts;
}

const STEPS = JSON.stringify(
  Object.entries(SPANS).map(([span, { drawn, kept }]) => ({ span, step: drawn, kept })),
);

/** Stores the settled counts of a node in some steps, replacing its earlier rows of these steps. */
export async function putNodeSteps(
  sql: Sql,
  node: string,
  steps: readonly NodeStep[],
): Promise<void> {
  const rows = JSON.stringify(steps);
  await run(() =>
    sql`
      INSERT INTO history_breakdown (span, at, node, groups)
      SELECT span, to_timestamp(at / 1000), ${node}, groups
      FROM json_to_recordset((${rows}::text)::json) AS given (span text, at float8, groups jsonb)
      ON CONFLICT (span, at, node) DO UPDATE SET groups = EXCLUDED.groups`
  );
}

const nodeStep = z.object({
  span: z.enum(Object.keys(SPANS) as Span[]),
  at: z.number(),
  groups: groupCounts,
});

/** Returns a node's stored counts of the steps that contain a time, ms since the epoch. */
export async function readNodeSteps(sql: Sql, node: string, now: number): Promise<NodeStep[]> {
  return await readRows(
    nodeStep,
    () =>
      sql`
        SELECT kept.span, kept.at, kept.groups
        FROM json_to_recordset((${STEPS}::text)::json) AS spans (span text, step integer)
        JOIN history_breakdown AS kept
          ON kept.span = spans.span AND kept.node = ${node}
          AND kept.at = to_timestamp(floor(${now}::float8 / 1000 / step) * step)`,
  );
}

const row = z.object({
  at: z.number(),
  /** The node's name, or the group's; null: groups beyond the busiest. */
  name: z.string().nullable(),
  processed: z.number(),
  failed: z.number(),
});
export type BreakdownRow = z.infer<typeof row>;

/** Returns the counts of one span by node or by group, unordered, from `from` to `until` (ms). */
export async function readBreakdown(
  sql: Sql,
  span: Span,
  by: Breakdown,
  { from, until }: { from: number; until: number },
): Promise<BreakdownRow[]> {
  const name = by === "node" ? sql`node` : sql`
    CASE WHEN key <> ${OTHER_GROUPS} THEN coalesce(
      (SELECT name FROM article_groups WHERE id = key::bigint), '#' || key
    ) END`;
  return await readRows(
    row,
    () =>
      sql`
        SELECT at, ${name} AS name, processed, failed FROM (
          SELECT at, ${by === "node" ? sql`node` : sql`key`},
            sum((value->>0)::float8) AS processed, sum((value->>1)::float8) AS failed
          FROM history_breakdown, jsonb_each(groups)
          WHERE span = ${span}
            AND at BETWEEN ${from}::timestamptz AND ${until}::timestamptz
          GROUP BY 1, 2
        ) AS counted`,
  );
}

/** The start of the first stored step of a span; null if there is none. */
export async function breakdownBegin(sql: Sql, span: Span): Promise<number | null> {
  const [first] = await readRows(
    z.object({ at: z.number().nullable() }),
    () => sql`SELECT min(at) AS at FROM history_breakdown WHERE span = ${span}`,
  );
  return first?.at ?? null;
}

/** Deletes counts older than the retention. */
export async function pruneBreakdown(sql: Sql): Promise<void> {
  await run(() =>
    sql`
      DELETE FROM history_breakdown
      USING json_to_recordset((${STEPS}::text)::json) AS spans (span text, kept integer)
      WHERE history_breakdown.span = spans.span AND at < now() - kept * interval '1 s'`
  );
}
