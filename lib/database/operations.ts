import { z } from "zod";
import type { Sql } from "./client.ts";
import { type FailureFilter, failureFilter, matching } from "./failures.ts";
import { readRow, readRows } from "./query.ts";

const operation = z.object({
  id: z.number(),
  /** Retry: failed → pending. Clear: dead → discarded. Undo: what a clearing discarded → dead. */
  kind: z.enum(["retry", "clear", "undo"]),
  filter: failureFilter,
  /** Milliseconds since the epoch. */
  askedAt: z.number(),
  askedBy: z.string(),
  /** Articles that were meant when it was asked for. */
  total: z.number(),
  /** Articles that were moved; fewer than `total` in the end when some moved by themselves. */
  done: z.number(),
  finishedAt: z.number().nullable(),
  /** The clearing that this undo takes back. */
  undoes: z.number().nullable(),
  /** Whether it is a clearing that can still be taken back. */
  undoable: z.boolean(),
});

/** Something done to many articles at once, in steps, over what was there when it was asked for. */
export type Operation = z.infer<typeof operation>;

/** The columns of an operation, of the row `operations`. */
const columns = (sql: Sql) =>
  sql`
    operations.id, kind, filter, asked_at, asked_by, total, done, finished_at, undoes,
    kind = 'clear' AND coalesce(finished_at > now() - interval '10 minutes', false)
      AND NOT EXISTS (SELECT FROM operations AS later WHERE later.undoes = operations.id) AS undoable`;

/** Starts a retry or a clearing (which concerns dead letters only); its steps are still to be done. */
export async function startOperation(
  sql: Sql,
  { kind, filter, by }: { kind: "retry" | "clear"; filter: FailureFilter; by: string },
): Promise<Operation> {
  const meant = kind === "clear" ? { ...filter, state: "dead" as const } : filter;
  return await readRow(
    operation,
    () =>
      sql`
        INSERT INTO operations (kind, filter, asked_by, total)
        SELECT ${kind}, (${JSON.stringify(meant)}::text)::jsonb, ${by}, count(*)
        FROM article_states AS failed WHERE ${matching(sql, meant)}
        RETURNING ${columns(sql)}`,
  );
}

/**
 * Starts to take back a clearing. Null unless it was finished within the last ten minutes and was not
 * taken back before.
 */
export async function startUndo(sql: Sql, id: number, by: string): Promise<Operation | null> {
  const [started] = await readRows(
    operation,
    () =>
      sql`
        INSERT INTO operations (kind, filter, asked_by, total, undoes)
        SELECT 'undo', filter, ${by}, done, id FROM operations
        WHERE id = ${id} AND kind = 'clear' AND finished_at > now() - interval '10 minutes'
        ON CONFLICT (undoes) DO NOTHING
        RETURNING ${columns(sql)}`,
  );
  return started ?? null;
}

const moved = z.object({
  ids: z.array(z.number()).nullable(),
  outboxId: z.number().nullable(),
  done: z.number(),
  finished: z.boolean(),
});

/** What one step of an operation did. */
export interface OperationStep {
  /** The articles that moved, and where they are now, as a queue is to be told. */
  moved: { id: number; state: "pending" | "discarded" | "dead"; changedAt: number }[];
  /** The note of these ids, to be deleted once the queue has them; null when nothing moved. */
  outboxId: number | null;
  /** All that were moved so far. */
  done: number;
  finished: boolean;
}

const TARGETS = { retry: "pending", clear: "discarded", undo: "dead" } as const;

/**
 * Does the next step of an operation, at most `limit` articles, in one atomic step. It may be called by
 * anyone, also after a crash of whoever began, until it answers `finished`. Articles that failed after
 * the operation was asked for are left alone, so it always comes to an end.
 */
export async function advanceOperation(
  sql: Sql,
  { id, kind, filter, undoes }: Pick<Operation, "id" | "kind" | "filter" | "undoes">,
  limit: number,
): Promise<OperationStep> {
  const target = TARGETS[kind];
  const meant = kind === "undo"
    ? sql`failed.state = 'discarded' AND failed.cleared_by = ${undoes}`
    : matching(sql, filter);
  const step = await readRow(
    moved.extend({ changedAt: z.number() }),
    () =>
      sql`
        WITH operation AS MATERIALIZED (
          SELECT * FROM operations WHERE id = ${id} AND finished_at IS NULL FOR UPDATE
        ), picked AS MATERIALIZED (
          SELECT article_id FROM article_states AS failed
          WHERE article_id > (SELECT cursor FROM operation)
            AND changed_at <= (SELECT asked_at FROM operation)
            AND ${meant}
          ORDER BY article_id LIMIT ${limit} FOR UPDATE
        ), moved AS (
          UPDATE article_states AS states SET
            state = ${target},
            revision = revision + 1,
            tries = CASE WHEN ${target} = 'pending' THEN 0 ELSE tries END,
            due_at = NULL,
            changed_at = now(),
            cleared_by = CASE WHEN ${target} = 'discarded' THEN ${id}::bigint END
          FROM picked WHERE states.article_id = picked.article_id
          RETURNING states.article_id
        ), noted AS (
          INSERT INTO outbox (article_ids)
          SELECT array_agg(article_id ORDER BY article_id) FROM moved HAVING count(*) > 0
          RETURNING id
        ), advanced AS (
          UPDATE operations SET
            done = operations.done + (SELECT count(*) FROM moved),
            -- A settlement that began before the request may have become visible after the count.
            total = greatest(operations.total, operations.done + (SELECT count(*) FROM moved)),
            cursor = coalesce((SELECT max(article_id) FROM picked), operations.cursor),
            finished_at = CASE WHEN (SELECT count(*) FROM picked) < ${limit} THEN now() END
          FROM operation WHERE operations.id = operation.id
          RETURNING operations.done, operations.finished_at
        )
        SELECT
          (SELECT json_agg(article_id ORDER BY article_id) FROM moved) AS ids,
          (SELECT id FROM noted) AS outbox_id,
          coalesce(
            (SELECT done FROM advanced), (SELECT done FROM operations WHERE id = ${id})
          ) AS done,
          coalesce((SELECT finished_at IS NOT NULL FROM advanced), true) AS finished,
          now() AS changed_at`,
  );
  const { ids, changedAt, ...rest } = step;
  return { moved: (ids ?? []).map((id) => ({ id, state: target, changedAt })), ...rest };
}

/** The newest operations first; `unfinished`: only those that are still under way. */
export async function listOperations(
  sql: Sql,
  { limit, unfinished = false }: { limit: number; unfinished?: boolean },
): Promise<Operation[]> {
  return await readRows(
    operation,
    () =>
      sql`
        SELECT ${columns(sql)} FROM operations
        ${unfinished ? sql`WHERE finished_at IS NULL` : sql``}
        ORDER BY id DESC LIMIT ${limit}`,
  );
}

/** One operation, or null. */
export async function readOperation(sql: Sql, id: number): Promise<Operation | null> {
  const [found] = await readRows(
    operation,
    () => sql`SELECT ${columns(sql)} FROM operations WHERE id = ${id}`,
  );
  return found ?? null;
}
