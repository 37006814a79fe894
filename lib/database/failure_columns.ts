import { Buffer } from "node:buffer";
import { z } from "zod";
import type { FacetKind } from "../wire/failure_facets.ts";
import type { Sql } from "./postgres_client.ts";

/** A columnar snapshot of failures, by ascending id. */
export interface FailureSnapshot {
  length: number;
  /** On the database's clock, ms since the epoch. */
  at: number;
  ids: Float64Array;
  /** 1 is dead, 0 in retry; among changes, -1 is no longer a failure. */
  dead: Int32Array;
  /** Ms since the epoch; 0 is unknown. */
  lastFailedAt: Float64Array;
  /** Seconds since the epoch; 0 is unknown. */
  firstFailedAt: Int32Array;
  /** Label ids; 0 is none. */
  keys: Record<FacetKind, Int32Array>;
}

/** The state of the database that a read saw. */
export interface Seen {
  /** A `pg_snapshot`: the visible transactions. */
  snapshot: string;
  /**
   * Changes with a restart, a failover, a restore or a TRUNCATE, after which transaction ids may be reused
   * or rows may have changed without a trigger.
   */
  origin: string;
}

const column = z.instanceof(Buffer).nullable().transform((bytes) => bytes ?? Buffer.alloc(0));

/** The row that `columnsOf` selects. */
export const columnsRow = z.object({
  at: z.number(),
  snapshot: z.string(),
  origin: z.string(),
  ids: column,
  dead: column,
  last: column,
  first: column,
  reason: column,
  cause: column,
  groups: column,
  source: column,
  node: column,
});

/** Aggregates the rows of `failed`, in their order, into one row with the bytes of each column. */
export function columnsOf(sql: Sql) {
  return sql`
    now() AS at,
    pg_current_snapshot()::text AS snapshot,
    concat_ws(' ', pg_postmaster_start_time(), pg_relation_filenode('article_states')) AS origin,
    string_agg(float8send(article_id), '') AS ids,
    string_agg(int4send(CASE state WHEN 'dead' THEN 1 WHEN 'retry' THEN 0 ELSE -1 END), '') AS dead,
    string_agg(float8send(coalesce(floor(date_part('epoch', last_failed_at) * 1000), 0)), '') AS last,
    string_agg(int4send(coalesce(floor(date_part('epoch', first_failed_at)), 0)::int), '') AS first,
    string_agg(int4send(coalesce(reason_key, 0)), '') AS reason,
    string_agg(int4send(coalesce(cause_key, 0)), '') AS cause,
    string_agg(int4send(coalesce(group_key, 0)), '') AS groups,
    string_agg(int4send(coalesce(source_key, 0)), '') AS source,
    string_agg(int4send(coalesce(node_key, 0)), '') AS node`;
}

/** Parses the row that `columnsOf` selects. */
export function parseColumns(
  columns: z.infer<typeof columnsRow>,
): { failures: FailureSnapshot; seen: Seen } {
  const ids = doubles(columns.ids);
  const failures = {
    length: ids.length,
    at: columns.at,
    ids,
    dead: integers(columns.dead),
    lastFailedAt: doubles(columns.last),
    firstFailedAt: integers(columns.first),
    keys: {
      reason: integers(columns.reason),
      cause: integers(columns.cause),
      group: integers(columns.groups),
      source: integers(columns.source),
      node: integers(columns.node),
    },
  };
  return { failures, seen: { snapshot: columns.snapshot, origin: columns.origin } };
}

/** A row with only the ids of failures, in any order. */
export const idsRow = z.object({ ids: column.transform(doubles) });

/** Returns the rows of a snapshot that `isSelected`, in their order. */
export function selectFailures(
  failures: FailureSnapshot,
  isSelected: (row: number) => boolean,
): FailureSnapshot {
  const rows = new Int32Array(failures.length);
  let length = 0;
  for (let row = 0; row < failures.length; row++) {
    if (isSelected(row)) rows[length++] = row;
  }
  const integers = (column: Int32Array) => picked(column, new Int32Array(length), rows);
  const doubles = (column: Float64Array) => picked(column, new Float64Array(length), rows);
  const { reason, cause, group, source, node } = failures.keys;
  return {
    length,
    at: failures.at,
    ids: doubles(failures.ids),
    dead: integers(failures.dead),
    lastFailedAt: doubles(failures.lastFailedAt),
    firstFailedAt: integers(failures.firstFailedAt),
    keys: {
      reason: integers(reason),
      cause: integers(cause),
      group: integers(group),
      source: integers(source),
      node: integers(node),
    },
  };
}

/** Fills `target` with the given rows of a column: ten times as fast as `TypedArray.from` with a callback. */
function picked<Column extends Int32Array | Float64Array>(
  column: Column,
  target: Column,
  rows: Int32Array,
): Column {
  for (let index = 0; index < target.length; index++) target[index] = column[rows[index]!]!;
  return target;
}

/** Converts from big-endian. Copies, since a typed array must be aligned. */
function integers(bytes: Buffer): Int32Array {
  const own = Buffer.from(new Uint8Array(bytes).buffer);
  own.swap32();
  return new Int32Array(own.buffer);
}

function doubles(bytes: Buffer): Float64Array {
  const own = Buffer.from(new Uint8Array(bytes).buffer);
  own.swap64();
  return new Float64Array(own.buffer);
}
