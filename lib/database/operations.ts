import { z } from "zod";
import { type Actor, formatActor } from "../wire/actor.ts";
import type { Sql } from "./postgres_client.ts";
import { type FailureFilter, failureFilter, matching } from "./failure_filter.ts";
import { readRow, readRows } from "./query.ts";

export const operation = z.object({
  id: z.number(),
  /** Retry: failed → pending. Clear: dead → discarded. Undo: articles discarded by a clearing → dead. */
  kind: z.enum(["retry", "clear", "undo"]),
  filter: failureFilter,
  /** Milliseconds since the epoch. */
  askedAt: z.number(),
  askedBy: z.string(),
  /** The number of matching articles at the start. */
  total: z.number(),
  /** The number of moved articles; less than `total` at the end if some changed otherwise. */
  done: z.number(),
  finishedAt: z.number().nullable(),
  /** The clearing that this undo reverts. */
  undoes: z.number().nullable(),
  /** Whether it is a clearing that moved articles and can still be undone. */
  undoable: z.boolean(),
});

/** A bulk operation: runs in steps over the articles that matched at the start. */
export type Operation = z.infer<typeof operation>;

/** Whether it is a recent clearing that changed something. */
const isRevertible = (sql: Sql) =>
  sql`
    kind = 'clear' AND done > 0
      AND coalesce(finished_at > now() - interval '10 minutes', false)`;

/** The columns of an operation. */
const columns = (sql: Sql) =>
  sql`
    operations.id, kind, filter, asked_at, asked_by, total, done, finished_at, undoes,
    ${isRevertible(sql)}
      AND NOT EXISTS (SELECT FROM operations AS later WHERE later.undoes = operations.id) AS undoable`;

/** Starts a retry or a clearing (of dead letters only) without performing its steps. */
export async function startOperation(
  sql: Sql,
  { kind, filter, by }: { kind: "retry" | "clear"; filter: FailureFilter; by: Actor },
): Promise<Operation> {
  const meant = kind === "clear" ? { ...filter, state: "dead" as const } : filter;
  return await readRow(
    operation,
    () =>
      sql`
        INSERT INTO operations (kind, filter, asked_by, actor, total)
        SELECT ${kind}, (${JSON.stringify(meant)}::text)::jsonb, ${
        formatActor(by)
      }, ${by.name}, count(*)
        FROM article_states AS failed WHERE ${matching(sql, meant)}
        RETURNING ${columns(sql)}`,
  );
}

/**
 * Starts the undo of a clearing. Returns null unless the clearing moved articles, finished within the last ten
 * minutes and was not undone before.
 */
export async function startUndo(sql: Sql, id: number, by: Actor): Promise<Operation | null> {
  const [started] = await readRows(
    operation,
    () =>
      sql`
        INSERT INTO operations (kind, filter, asked_by, actor, total, undoes)
        SELECT 'undo', filter, ${formatActor(by)}, ${by.name}, done, id FROM operations
        WHERE id = ${id} AND ${isRevertible(sql)}
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

/** The result of one step of an operation. */
export interface OperationStep {
  /** The moved articles with their new states, to be placed in the queue. */
  moved: { id: number; state: "pending" | "discarded" | "dead"; changedAt: number }[];
  /** The outbox row of these ids; null if none moved. */
  outboxId: number | null;
  /** The total moved so far. */
  done: number;
  finished: boolean;
}

const TARGETS = { retry: "pending", clear: "discarded", undo: "dead" } as const;

/**
 * Performs the next step of an operation atomically, on at most `limit` articles, until it returns `finished`.
 * Any node may call it, even after a crash of the one that started. Skips articles that failed after the
 * operation's start, so that it always terminates.
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
            first_failed_at = CASE WHEN ${target} <> 'pending' THEN first_failed_at END,
            due_at = NULL,
            changed_at = now(),
            cleared_by = CASE WHEN ${target} = 'discarded' THEN ${id}::bigint END
          FROM picked WHERE states.article_id = picked.article_id
          RETURNING states.article_id, states.processed_at, states.paragraphs
        ), acted AS (
          INSERT INTO article_actions (article_id, at, kind, operation_id, processed_at, paragraphs)
          SELECT article_id, now(), ${kind}, ${id}, processed_at, paragraphs FROM moved
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

/** Lists operations, newest first; with `unfinished`, only those in progress. */
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

/** Returns an operation, or null. */
export async function readOperation(sql: Sql, id: number): Promise<Operation | null> {
  const [found] = await readRows(
    operation,
    () => sql`SELECT ${columns(sql)} FROM operations WHERE id = ${id}`,
  );
  return found ?? null;
}
