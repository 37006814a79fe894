import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRow, run } from "./query.ts";

/** The interval at which the bounds move; a change is kept for one to two intervals. */
const KEPT = "5 minutes";

/**
 * Deletes at most `limit` failure changes older than some minutes; returns how many. The bound moves before
 * rows are deleted, so a reader that would need them detects it and does a full read.
 */
export async function deleteOldFailureChanges(sql: Sql, limit: number): Promise<number> {
  await run(() =>
    sql`
      UPDATE failure_changes_kept SET
        since = next,
        -- All later changes belong to this transaction or a later one.
        next = pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
        next_at = now()
      WHERE next_at < now() - (${KEPT}::text)::interval`
  );
  const { count } = await readRow(
    z.object({ count: z.number() }),
    () =>
      sql`
        WITH deleted AS (
          DELETE FROM failure_changes WHERE ctid = ANY (ARRAY(
            SELECT ctid FROM failure_changes
            WHERE transaction < (SELECT since FROM failure_changes_kept)
            ORDER BY transaction LIMIT ${limit}
          )) RETURNING 1
        ) SELECT count(*) AS count FROM deleted`,
  );
  return count;
}
