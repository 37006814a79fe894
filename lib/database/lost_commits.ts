import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";
import { arrayLiteral } from "./sql_parameters.ts";

const commits = z.object({ settlement: z.number(), note: z.number() });

/** Returns the newest settlement and outbox row, committed or not; 0 before the first. */
export async function newestCommits(sql: Sql): Promise<z.infer<typeof commits>> {
  // The function needs only USAGE of a sequence, unlike reading it.
  return await readRow(
    commits,
    () =>
      sql`
        SELECT coalesce(pg_sequence_last_value('batch_ids'), 0)::int8 AS settlement,
          coalesce(pg_sequence_last_value(pg_get_serial_sequence('outbox', 'id')), 0)::int8 AS note`,
  );
}

/** Returns those of some ids that have neither an article nor a state. */
export async function unknownIds(sql: Sql, ids: readonly number[]): Promise<number[]> {
  const rows = await readRows(
    z.object({ id: z.number() }),
    () =>
      sql`
        SELECT requested.id FROM unnest(${arrayLiteral([...ids])}::bigint[]) AS requested (id)
        WHERE NOT EXISTS (SELECT FROM original_articles WHERE id = requested.id)
          AND NOT EXISTS (SELECT FROM article_states WHERE article_id = requested.id)`,
  );
  return rows.map(({ id }) => id);
}

/**
 * Deletes the states of ids that failed within the last minute because they have no article: those of lost commits that
 * nodes took between a failover and its detection. A producer's article that is committed later is pending anyway.
 */
export async function forgetMissing(sql: Sql): Promise<void> {
  await run(() =>
    sql`
      DELETE FROM article_states AS states
      WHERE state IN ('retry', 'dead') AND reason = 'missing' AND changed_at > now() - interval '1 minute'
        AND NOT EXISTS (SELECT FROM original_articles WHERE id = states.article_id)`
  );
}
