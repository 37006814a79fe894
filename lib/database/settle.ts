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
import settle from "./settle.sql" with { type: "text" };
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
  const parameters = [
    arrayLiteral(processed.map(({ id }) => id)),
    arrayLiteral(processed.map(({ revision }) => revision)),
    arrayLiteral(processed.map(({ groupId }) => groupId)),
    arrayLiteral(processed.map(({ paragraphs }) => paragraphs.length)),
    joinTexts(processed.map(({ title }) => title)),
    processed.map(({ paragraphs }) => joinTexts(paragraphs, UNIT_SEPARATOR)).join(RECORD_SEPARATOR),
    JSON.stringify(failed.map(failureRow)),
    node,
    day,
    elapsedMs,
    settlements.length,
  ];
  return readRow(applied, () => sql.unsafe(settle, parameters, { prepare: true }));
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
