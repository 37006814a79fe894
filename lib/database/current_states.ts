import { z } from "zod";
import { ARTICLE_STATES } from "../article/state_machine.ts";
import type { Statements } from "./postgres_client.ts";
import { readRows } from "./query.ts";
import { arrayLiteral } from "./sql_parameters.ts";

/** The state of an article. Times are milliseconds since the epoch. */
export const settledState = z.object({
  id: z.number(),
  state: z.enum(ARTICLE_STATES),
  tries: z.number(),
  /** Milliseconds until a retry is due, by the database's clock; null in other states. */
  dueInMs: z.number().nullable(),
  changedAt: z.number(),
});
export type CurrentState = z.infer<typeof settledState>;

/** A node's counts of a day. */
export const nodeTally = z.object({
  processed: z.number(),
  failed: z.number(),
  retried: z.number(),
  elapsedMs: z.number(),
});
export type NodeTally = z.infer<typeof nodeTally>;

/** Returns the states of those of some articles that have one. */
export function currentStates(sql: Statements, ids: number[]): Promise<CurrentState[]> {
  return readRows(
    settledState,
    () =>
      sql`
        SELECT article_id AS id, state, tries, changed_at,
          extract(epoch FROM due_at - now())::float8 * 1000 AS due_in_ms
        FROM article_states WHERE article_id = ANY(${arrayLiteral(ids)}::bigint[])`,
  );
}

/** Returns a node's counts of a day, `YYYYMMDD`. */
export async function currentTally(
  sql: Statements,
  node: string,
  day: string,
): Promise<NodeTally> {
  const [row] = await readRows(
    nodeTally,
    () =>
      sql`
        SELECT processed, failed, retried, elapsed_ms
        FROM processor_tally WHERE node = ${node} AND day = ${day}::date`,
  );
  return row ?? { processed: 0, failed: 0, retried: 0, elapsedMs: 0 };
}
