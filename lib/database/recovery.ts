import { z } from "zod";
import { ARTICLE_STATES } from "../article/state.ts";
import type { Sql } from "./client.ts";
import { readRow, readRows, run } from "./query.ts";

const unfinishedArticle = z.object({
  id: z.number(),
  state: z.enum(ARTICLE_STATES).extract(["pending", "retry", "dead"]),
  tries: z.number(),
  /** Milliseconds since the epoch; null unless the state is retry. */
  dueAt: z.number().nullable(),
  /** When the state was entered, ms since the epoch. */
  changedAt: z.number(),
});

/** An article that belongs into the queue. */
export type UnfinishedArticle = z.infer<typeof unfinishedArticle>;

/** A page of the articles that belong into the queue, by id, after `afterId`. Short: it was the last. */
export async function unfinished(
  sql: Sql,
  afterId: number,
  limit: number,
): Promise<UnfinishedArticle[]> {
  // Two ordered scans of an index each, merged, however many articles there are.
  const page = (condition: ReturnType<Sql>) =>
    sql`
      (SELECT article_id AS id, state, tries, due_at, changed_at FROM article_states
        WHERE ${condition} AND article_id > ${afterId} ORDER BY article_id LIMIT ${limit})`;
  return await readRows(
    unfinishedArticle,
    () =>
      sql`
        ${page(sql`state = 'pending'`)} UNION ALL ${page(sql`state IN ('retry', 'dead')`)}
        ORDER BY id LIMIT ${limit}`,
  );
}

const tallyRow = z.object({
  node: z.string(),
  /** `YYYYMMDD` */
  day: z.string(),
  processed: z.number(),
  failed: z.number(),
  retried: z.number(),
  elapsedMs: z.number(),
});

/** The tallies of `firstDay` (`YYYYMMDD`) and later. */
export async function talliesSince(
  sql: Sql,
  firstDay: string,
): Promise<z.infer<typeof tallyRow>[]> {
  return await readRows(
    tallyRow,
    () =>
      sql`
        SELECT node, to_char(day, 'YYYYMMDD') AS day, processed, failed, retried, elapsed_ms
        FROM processor_tally WHERE day >= ${firstDay}::date`,
  );
}

const totals = tallyRow.omit({ node: true, day: true });

/** The sums over all tallies before `firstDay` (`YYYYMMDD`). */
export async function totalsBefore(sql: Sql, firstDay: string): Promise<z.infer<typeof totals>> {
  return await readRow(
    totals,
    () =>
      sql`
        SELECT
          coalesce(sum(processed), 0)::int8 AS processed,
          coalesce(sum(failed), 0)::int8 AS failed,
          coalesce(sum(retried), 0)::int8 AS retried,
          coalesce(sum(elapsed_ms), 0) AS elapsed_ms
        FROM processor_tally WHERE day < ${firstDay}::date`,
  );
}

/**
 * Notes as dead what an older system had put on its list of dead articles; articles that have a state
 * already keep it.
 */
export async function adoptDead(sql: Sql, ids: number[]): Promise<void> {
  const literal = `{${ids.join(",")}}`;
  const error = "Failed for good in the system that was here before.";
  await run(() =>
    sql`
      INSERT INTO article_states
        (article_id, state, tries, first_failed_at, last_failed_at, reason, error, fingerprint)
      SELECT id, 'dead', 1, now(), now(), 'unknown', ${error}, ${`unknown: ${error}`}
      FROM unnest(${literal}::bigint[]) AS legacy (id) ORDER BY id
      ON CONFLICT (article_id) DO NOTHING`
  );
}
