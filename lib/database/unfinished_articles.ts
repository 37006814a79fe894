import { z } from "zod";
import { UNKNOWN_REASON } from "../article/outcome.ts";
import { ARTICLE_STATES } from "../article/state_machine.ts";
import type { Sql } from "./postgres_client.ts";
import { readRow, readRows, run } from "./query.ts";
import { arrayLiteral } from "./sql_parameters.ts";

const unfinishedArticle = z.object({
  id: z.number(),
  state: z.enum(ARTICLE_STATES).extract(["pending", "retry", "dead"]),
  tries: z.number(),
  /** Milliseconds until it is due; null unless the state is retry. */
  dueInMs: z.number().nullable(),
  /** When the state was entered, ms since the epoch. */
  changedAt: z.number(),
});

/** An article that belongs in the queue. */
export type UnfinishedArticle = z.infer<typeof unfinishedArticle>;

/** Returns a page of articles that belong in the queue, by id, after `afterId`. A short page is the last. */
export async function unfinished(
  sql: Sql,
  afterId: number,
  limit: number,
): Promise<UnfinishedArticle[]> {
  // Merges two ordered index scans, independently of the number of articles.
  const page = (condition: ReturnType<Sql>, order: ReturnType<Sql>) =>
    sql`
      (SELECT article_id AS id, state, tries, changed_at,
          extract(epoch FROM due_at - now())::float8 * 1000 AS due_in_ms
        FROM article_states WHERE ${condition} ORDER BY ${order} LIMIT ${limit})`;
  // The pending ones are ordered by the state, too: with `state = 'pending'` and old statistics Postgres walks the
  // primary key, past every processed article.
  const pending = () =>
    page(
      sql`(state, article_id) > ('pending', ${afterId}::int8) AND state <= 'pending'`,
      sql`state, article_id`,
    );
  const failed = () =>
    page(sql`state IN ('retry', 'dead') AND article_id > ${afterId}`, sql`article_id`);
  return await readRows(
    unfinishedArticle,
    () => sql`${pending()} UNION ALL ${failed()} ORDER BY id LIMIT ${limit}`,
  );
}

const statedArticle = unfinishedArticle.extend({
  state: z.enum(ARTICLE_STATES),
  changedAt: z.number().nullable(),
});

/** Returns those of some ids whose state is another one; an id without a state is pending. */
export async function notInState(
  sql: Sql,
  state: "retry" | "dead",
  ids: readonly number[],
): Promise<z.infer<typeof statedArticle>[]> {
  return await readRows(
    statedArticle,
    () =>
      sql`
        SELECT given.id, coalesce(states.state, 'pending') AS state, coalesce(tries, 0) AS tries,
          extract(epoch FROM due_at - now())::float8 * 1000 AS due_in_ms, changed_at
        FROM unnest(${arrayLiteral([...ids])}::bigint[]) AS given (id)
        LEFT JOIN article_states AS states ON states.article_id = given.id
        WHERE states.state IS DISTINCT FROM ${state}`,
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

/** Returns the tallies from `firstDay` (`YYYYMMDD`) on. */
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

/** Returns the sums over all tallies before `firstDay` (`YYYYMMDD`). */
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
 * Marks articles as dead that an older system had on its list of dead articles, unless they already have a
 * state.
 */
export async function adoptDead(sql: Sql, ids: number[]): Promise<void> {
  const literal = `{${ids.join(",")}}`;
  const error = "Failed for good in the system that was here before.";
  const fingerprint = `${UNKNOWN_REASON}: ${error}`;
  await run(() =>
    sql`
      INSERT INTO article_states
        (article_id, state, tries, first_failed_at, last_failed_at, reason, error, fingerprint)
      SELECT id, 'dead', 1, now(), now(), ${UNKNOWN_REASON}, ${error}, ${fingerprint}
      FROM unnest(${literal}::bigint[]) AS legacy (id) ORDER BY id
      ON CONFLICT (article_id) DO NOTHING`
  );
}
