import { z } from "zod";
import type { Failure } from "../article/outcome.ts";
import {
  type CurrentState,
  currentStates,
  currentTally,
  type NodeTally,
  nodeTally,
  settledState,
} from "./current_states.ts";
import type { Statements } from "./postgres_client.ts";
import { readRow } from "./query.ts";
import {
  arrayLiteral,
  joinTexts,
  RECORD_SEPARATOR,
  storable,
  UNIT_SEPARATOR,
} from "./sql_parameters.ts";

/** An outcome and the revision of the article that it was computed from. */
export type Settlement =
  | {
    kind: "processed";
    id: number;
    revision: number;
    groupId: number;
    title: string;
    paragraphs: string[];
  }
  | {
    kind: "failed";
    id: number;
    revision: number;
    groupId: number;
    next: "retry" | "dead";
    /** The delay of the retry in ms, by the database's clock; null for a dead letter. */
    dueInMs: number | null;
    failure: Failure;
    fingerprint: string;
  };

/** A batch of outcomes to settle. */
export interface SettlementBatch {
  node: string;
  /** The cluster's day in the setting `time_zone`, `YYYYMMDD`. */
  day: string;
  /** The duration of the batch. Only the share of the applied settlements is counted. */
  elapsedMs: number;
  /** At most one for each article. */
  settlements: Settlement[];
}

const applied = z.object({
  batchId: z.number(),
  states: z.array(settledState).nullable(),
  tally: nodeTally.nullable(),
});

/** The current state of an article. Times are milliseconds since the epoch. */
export type SettledState = CurrentState & {
  /** Whether this settlement changed the state; otherwise another one did so earlier. */
  applied: boolean;
};

/** The result of a settlement. */
export interface Settled {
  batchId: number;
  /** One per article of the batch, unordered. */
  states: SettledState[];
  /** The node's absolute counts of the day; `failed` counts deaths, `retried` the other failures. */
  tally: NodeTally;
  /** What this settlement added to the tally. */
  added: NodeTally;
}

/**
 * Writes a batch's outcomes atomically: each is applied if its article is still at the loaded revision, and
 * skipped otherwise, so settling is idempotent.
 */
export async function settleBatch(sql: Statements, batch: SettlementBatch): Promise<Settled> {
  const { batchId, states, tally } = await apply(sql, batch);
  const settled = (states ?? []).map((state) => ({ ...state, applied: true }));
  const added = addedBy(settled, batch);
  if (settled.length === batch.settlements.length && tally !== null) {
    return { batchId, states: settled, tally, added };
  }
  const done = new Set(settled.map(({ id }) => id));
  const others = batch.settlements.map(({ id }) => id).filter((id) => !done.has(id));
  // A second statement, since the first one cannot see what was committed while it waited.
  const current = await currentStates(sql, others);
  return {
    batchId,
    states: [...settled, ...current.map((state) => ({ ...state, applied: false }))],
    tally: tally ?? await currentTally(sql, batch.node, batch.day),
    added,
  };
}

function addedBy(
  applied: readonly { state: string }[],
  { elapsedMs, settlements }: SettlementBatch,
): NodeTally {
  const countOf = (wanted: string) => applied.filter(({ state }) => state === wanted).length;
  return {
    processed: countOf("processed"),
    failed: countOf("dead"),
    retried: countOf("retry"),
    elapsedMs: applied.length * elapsedMs / settlements.length,
  };
}

function apply(sql: Statements, { node, day, elapsedMs, settlements }: SettlementBatch) {
  const processed = settlements.filter((settlement) => settlement.kind === "processed");
  const failed = settlements.filter((settlement) => settlement.kind === "failed");
  const ids = arrayLiteral(processed.map(({ id }) => id));
  const revisions = arrayLiteral(processed.map(({ revision }) => revision));
  const groups = arrayLiteral(processed.map(({ groupId }) => groupId));
  const counts = arrayLiteral(processed.map(({ paragraphs }) => paragraphs.length));
  const titles = joinTexts(processed.map(({ title }) => title));
  const texts = processed.map(({ paragraphs }) => joinTexts(paragraphs, UNIT_SEPARATOR))
    .join(RECORD_SEPARATOR);
  const failures = JSON.stringify(failed.map(failureRow));
  return readRow(
    applied,
    () =>
      sql`
        WITH processed AS MATERIALIZED (
          SELECT * FROM ROWS FROM (
            unnest(${ids}::bigint[]),
            unnest(${revisions}::integer[]),
            unnest(${groups}::bigint[]),
            unnest(${counts}::integer[]),
            string_to_table(${titles}, E'\\x1e'),
            string_to_table(${texts}, E'\\x1e')
          ) AS given (id, revision, group_id, paragraphs, title, text)
        ), failed AS MATERIALIZED (
          SELECT * FROM json_to_recordset((${failures}::text)::json) AS given (
            id bigint, revision integer, state text, due_in_ms float8,
            reason text, error text, stack text, fingerprint text
          )
        ), batch AS MATERIALIZED (
          SELECT nextval('batch_ids') AS id
        ), settled AS (
          INSERT INTO article_states AS known (
            article_id, revision, state, tries, changed_at, paragraphs, processed_at,
            due_at, first_failed_at, last_failed_at, reason, error, stack, fingerprint, node_key
          )
          SELECT id, revision + 1, 'processed', 0, now(), paragraphs, now(),
            NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
          FROM processed
          UNION ALL
          SELECT id, revision + 1, state, 1, now(), NULL, NULL,
            -- An index holds the error, and takes no more; the attempt has all of it.
            now() + due_in_ms * interval '1 ms', now(), now(), reason, left(error, 400), stack, fingerprint,
            (SELECT failure_label('node', ${node}))
          FROM failed
          -- Two nodes that settle the same articles lock them in the same order.
          ORDER BY 1
          ON CONFLICT (article_id) DO UPDATE SET
            revision = EXCLUDED.revision,
            state = EXCLUDED.state,
            tries = known.tries + EXCLUDED.tries,
            changed_at = EXCLUDED.changed_at,
            paragraphs = coalesce(EXCLUDED.paragraphs, known.paragraphs),
            processed_at = coalesce(EXCLUDED.processed_at, known.processed_at),
            due_at = EXCLUDED.due_at,
            -- Since the article was last new or processed: what was before is in its attempts.
            first_failed_at = CASE
              WHEN EXCLUDED.state <> 'processed' AND known.tries > 0
              THEN coalesce(known.first_failed_at, EXCLUDED.first_failed_at)
              ELSE EXCLUDED.first_failed_at
            END,
            last_failed_at = coalesce(EXCLUDED.last_failed_at, known.last_failed_at),
            reason = coalesce(EXCLUDED.reason, known.reason),
            error = coalesce(EXCLUDED.error, known.error),
            stack = coalesce(EXCLUDED.stack, known.stack),
            fingerprint = coalesce(EXCLUDED.fingerprint, known.fingerprint),
            node_key = coalesce(EXCLUDED.node_key, known.node_key)
          WHERE known.revision = EXCLUDED.revision - 1 AND known.state IN ('pending', 'retry')
          RETURNING article_id, state, tries, due_at, changed_at
        ), reprocessed AS MATERIALIZED (
          -- Only an article of a later revision can have rows from before.
          SELECT processed.id, processed.title, processed.group_id
          FROM processed JOIN settled ON settled.article_id = processed.id
          WHERE processed.revision > 1
        ), outdated AS MATERIALIZED (
          SELECT id, article_id, group_id, md5(title)::uuid AS title_key FROM titles
          WHERE article_id = ANY (ARRAY(SELECT id FROM reprocessed))
            AND NOT EXISTS (
              SELECT FROM reprocessed
              WHERE id = article_id AND reprocessed.title = titles.title
                AND reprocessed.group_id = titles.group_id
            )
        ), inherited AS MATERIALIZED (
          SELECT DISTINCT ON (outdated.id) outdated.id, shares.article_id AS heir
          FROM outdated JOIN title_shares AS shares USING (group_id, title_key)
          WHERE NOT EXISTS (
            SELECT FROM reprocessed
            WHERE id = shares.article_id
              AND (reprocessed.group_id, md5(title)::uuid) <> (shares.group_id, shares.title_key)
          )
          ORDER BY outdated.id, shares.article_id
        ), passed_titles AS (
          UPDATE titles SET article_id = heir FROM inherited WHERE inherited.id = titles.id
        ), old_titles AS (
          DELETE FROM titles
          WHERE id = ANY (ARRAY(SELECT id FROM outdated EXCEPT SELECT id FROM inherited))
        ), old_contents AS (
          DELETE FROM contents WHERE article_id = ANY (ARRAY(SELECT id FROM reprocessed))
        ), new_titles AS (
          INSERT INTO titles (title, group_id, batch_id, article_id)
          SELECT title, group_id, batch.id, processed.id
          FROM batch, processed JOIN settled ON settled.article_id = processed.id
          WHERE title <> ''
          ORDER BY title COLLATE "C"
          ON CONFLICT (group_id, (md5(title)::uuid)) WHERE NOT repeats DO NOTHING
          RETURNING article_id
        ), sharing AS MATERIALIZED (
          SELECT processed.id, group_id, md5(title)::uuid AS title_key
          FROM processed JOIN settled ON settled.article_id = processed.id
          WHERE title <> ''
            AND processed.id NOT IN (SELECT article_id FROM new_titles)
            AND processed.id NOT IN (SELECT heir FROM inherited)
            AND NOT EXISTS (
              SELECT FROM titles
              WHERE titles.article_id = processed.id AND titles.title = processed.title
                AND titles.group_id = processed.group_id
            )
        ), new_shares AS (
          INSERT INTO title_shares (article_id, group_id, title_key)
          SELECT id, group_id, title_key FROM sharing
          ON CONFLICT (article_id)
            DO UPDATE SET group_id = EXCLUDED.group_id, title_key = EXCLUDED.title_key
        ), old_shares AS (
          DELETE FROM title_shares
          WHERE article_id = ANY (ARRAY(
            SELECT id FROM reprocessed UNION ALL SELECT heir FROM inherited
            EXCEPT SELECT id FROM sharing
          ))
        ), new_contents AS (
          INSERT INTO contents (content, group_id, batch_id, article_id, position)
          SELECT paragraph.content, group_id, batch.id, processed.id, paragraph.position
          FROM batch, processed JOIN settled ON settled.article_id = processed.id,
            string_to_table(text, E'\\x1f') WITH ORDINALITY AS paragraph (content, position)
        ), new_attempts AS (
          INSERT INTO attempts (article_id, try, at, node, reason, error, stack)
          SELECT failed.id, settled.tries, settled.changed_at, ${node}, reason, error, stack
          FROM failed JOIN settled ON settled.article_id = failed.id
        ), tally AS (
          INSERT INTO processor_tally AS known (node, day, processed, failed, retried, elapsed_ms)
          SELECT ${node}, ${day}::date,
            count(*) FILTER (WHERE state = 'processed'),
            count(*) FILTER (WHERE state = 'dead'),
            count(*) FILTER (WHERE state = 'retry'),
            count(*) * ${elapsedMs}::float8 / ${settlements.length}
          FROM settled HAVING count(*) > 0
          ON CONFLICT (day, node) DO UPDATE SET
            processed = known.processed + EXCLUDED.processed,
            failed = known.failed + EXCLUDED.failed,
            retried = known.retried + EXCLUDED.retried,
            elapsed_ms = known.elapsed_ms + EXCLUDED.elapsed_ms
          RETURNING processed, failed, retried, elapsed_ms
        )
        SELECT
          batch.id AS batch_id,
          (SELECT json_agg(json_build_object(
            'id', article_id, 'state', state, 'tries', tries,
            'dueInMs', extract(epoch FROM due_at - now()) * 1000,
            'changedAt', floor(extract(epoch FROM changed_at) * 1000)
          )) FROM settled) AS states,
          (SELECT json_build_object(
            'processed', processed, 'failed', failed, 'retried', retried, 'elapsedMs', elapsed_ms
          ) FROM tally) AS tally
        FROM batch`,
  );
}

function failureRow(settlement: Settlement & { kind: "failed" }) {
  const { id, revision, next, dueInMs, failure, fingerprint } = settlement;
  return {
    id,
    revision,
    state: next,
    due_in_ms: dueInMs,
    reason: failure.reason,
    error: storable(failure.message),
    stack: failure.stack === null ? null : storable(failure.stack),
    fingerprint: storable(fingerprint),
  };
}
