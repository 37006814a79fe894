import { z } from "zod";
import {
  FACET_PARTS,
  type FacetKind,
  FACETS,
  type FailureFacets,
  NO_LABEL,
  TIME_PARTS,
} from "../wire/failure_facets.ts";
import type { Sql } from "./postgres_client.ts";
import type { FailureSnapshot } from "./failure_columns.ts";
import type { FailureFilter } from "./failure_filter.ts";
import { readFailureSnapshot } from "./failure_snapshot.ts";
import { readRows } from "./query.ts";
import { arrayLiteral, joinTexts } from "./sql_parameters.ts";

/** The filter in terms of the snapshot: for each filtered facet, the matching keys. */
export interface KeyFilter {
  state: "retry" | "dead" | undefined;
  since: number;
  until: number;
  keys: Partial<Record<FacetKind, ReadonlySet<number>>>;
}

/** The conditions that a row of a snapshot does not match. */
const MISSES_STATE = FACETS.length;
const MISSES_TIME = FACETS.length + 1;
const MATCHES = -1;
const MISSES_SEVERAL = -2;

/** Returns the one condition that a row does not match, `MATCHES` or `MISSES_SEVERAL`. */
function missedIn(snapshot: FailureSnapshot, filter: KeyFilter): (row: number) => number {
  const { dead, lastFailedAt } = snapshot;
  const { state, since, until } = filter;
  const wantsDead = state === "dead" ? 1 : 0;
  const filtered = FACETS.flatMap(({ kind }, index) => {
    const wanted = filter.keys[kind];
    return wanted === undefined ? [] : [{ index, wanted, column: snapshot.keys[kind] }];
  });
  return (row) => {
    let missed = MATCHES;
    for (const { index, wanted, column } of filtered) {
      if (wanted.has(column[row]!)) continue;
      if (missed !== MATCHES) return MISSES_SEVERAL;
      missed = index;
    }
    if (state !== undefined && dead[row] !== wantsDead) {
      if (missed !== MATCHES) return MISSES_SEVERAL;
      missed = MISSES_STATE;
    }
    const at = lastFailedAt[row]!;
    if (at < since || at > until) {
      if (missed !== MATCHES) return MISSES_SEVERAL;
      missed = MISSES_TIME;
    }
    return missed;
  };
}

/** Returns the matching rows of a snapshot, by ascending id. */
export function* matchingRows(snapshot: FailureSnapshot, filter: KeyFilter) {
  const missedBy = missedIn(snapshot, filter);
  for (let row = 0; row < snapshot.length; row++) {
    if (missedBy(row) === MATCHES) yield row;
  }
}

interface CountedValue {
  key: number;
  count: number;
  recent: number[];
}

/** Counts by facet, with keys instead of labels. */
export interface CountedFacets extends Omit<FailureFacets, "facets"> {
  facets: { kind: FacetKind; values: CountedValue[] }[];
}

/**
 * Counts a snapshot. A facet's value is counted under all filters but that facet's own, so that its count is
 * what choosing it instead of another would show.
 */
function countFacets(snapshot: FailureSnapshot, filter: KeyFilter): CountedFacets {
  const [from, to] = timeRange(snapshot, filter);
  const start = Math.max(from, filter.since);
  const end = Math.max(start + 1, Math.min(to, filter.until));
  const columns = FACETS.map(({ kind }) => countingColumn(snapshot.keys[kind]));
  const missedBy = missedIn(snapshot, filter);
  const counted = {
    all: { retry: 0, dead: 0 },
    states: { retry: 0, dead: 0 },
    matching: { retry: 0, dead: 0 },
    time: { from, to, counts: Array(TIME_PARTS).fill(0) },
  };
  for (let row = 0; row < snapshot.length; row++) {
    const state = snapshot.dead[row] === 1 ? "dead" : "retry";
    counted.all[state]++;
    const missed = missedBy(row);
    if (missed === MISSES_SEVERAL) continue;
    const at = snapshot.lastFailedAt[row]!;
    if (missed === MATCHES) counted.matching[state]++;
    if (missed === MATCHES || missed === MISSES_STATE) counted.states[state]++;
    if (missed === MATCHES || missed === MISSES_TIME) {
      const part = partOf(at, from, to, TIME_PARTS);
      if (part !== null) counted.time.counts[part]!++;
    }
    const part = partOf(at, start, end, FACET_PARTS);
    for (let index = 0; index < columns.length; index++) {
      if (missed === MATCHES || missed === index) columns[index]!.add(row, part);
    }
  }
  return {
    ...counted,
    facets: FACETS.map(({ kind }, index) => ({ kind, values: columns[index]!.values() })),
  };
}

/** Counts a column's keys in one array, five times as fast as a map. */
function countingColumn(keys: Int32Array) {
  const width = FACET_PARTS + 1;
  let greatest = 0;
  for (const key of keys) if (key > greatest) greatest = key;
  const counts = new Int32Array((greatest + 1) * width);
  return {
    add(row: number, part: number | null) {
      const place = keys[row]! * width;
      counts[place]!++;
      if (part !== null) counts[place + 1 + part]!++;
    },
    values(): CountedValue[] {
      const values: CountedValue[] = [];
      for (let key = 0; key <= greatest; key++) {
        const [count = 0, ...recent] = counts.subarray(key * width, (key + 1) * width);
        if (count > 0) values.push({ key, count, recent });
      }
      return values;
    },
  };
}

/** Returns the bucket of a time, or null outside of the span. */
export function partOf(at: number, from: number, to: number, parts: number): number | null {
  if (at < from || at > to) return null;
  return Math.min(parts - 1, Math.floor(parts * (at - from) / (to - from)));
}

const MONTH_MS = 30 * 24 * 3_600_000;
const LEAST_MS = 15 * 60_000;

/** Returns the span from the first failure, at most a month ago, to now, extended to the filter. */
function timeRange(snapshot: FailureSnapshot, { since, until }: KeyFilter): [number, number] {
  const { at } = snapshot;
  let earliest = at - LEAST_MS;
  for (const failedAt of snapshot.lastFailedAt) {
    if (failedAt > 0 && failedAt < earliest) earliest = failedAt;
  }
  const wanted = Number.isFinite(since) ? Math.min(since, at - MONTH_MS) : at - MONTH_MS;
  const from = Math.max(earliest, wanted);
  return [from, Math.max(at, Number.isFinite(until) ? until : at)];
}

const labelRow = z.object({ id: z.number(), kind: z.string(), label: z.string() });

/** Resolves the filter's labels to keys; an unknown label matches nothing. */
export async function readKeyFilter(sql: Sql, filter: FailureFilter): Promise<KeyFilter> {
  const given = FACETS.flatMap(({ kind, field }) => {
    const values = filter[field];
    return values === undefined ? [] : [{ kind, labels: [values].flat() }];
  });
  const keyFilter: KeyFilter = {
    state: filter.state,
    since: filter.since ?? -Infinity,
    until: filter.until ?? Infinity,
    keys: {},
  };
  if (given.length === 0) return keyFilter;
  const labels = joinTexts(given.flatMap(({ labels }) => labels));
  const rows = await readRows(labelRow, () =>
    sql`
      SELECT id, kind, label FROM failure_labels
      WHERE kind IN ('reason', 'cause', 'group', 'source', 'node')
        AND label = ANY(string_to_array(${labels}, E'\\x1e'))`);
  for (const { kind, labels } of given) {
    const keys = rows.filter((row) => row.kind === kind && labels.includes(row.label));
    keyFilter.keys[kind] = new Set([
      ...keys.map(({ id }) => id),
      ...(labels.includes(NO_LABEL) ? [0] : []),
    ]);
  }
  return keyFilter;
}

/** Returns the labels of keys. */
export async function readLabels(sql: Sql, keys: number[]): Promise<(key: number) => string> {
  const rows = await readRows(labelRow, () =>
    sql`
      SELECT id, kind, label FROM failure_labels WHERE id = ANY(${
      arrayLiteral([...new Set(keys)])
    }::int[])`);
  const labels = new Map(rows.map(({ id, label }) => [id, label]));
  return (key) => labels.get(key) ?? NO_LABEL;
}

/** Counts failures by facet: at most `limit` values each, and always the filtered ones. */
export async function listFacets(
  sql: Sql,
  filter: FailureFilter,
  limit: number,
): Promise<FailureFacets> {
  const [snapshot, keyFilter] = await Promise.all([
    readFailureSnapshot(sql, filter.text),
    readKeyFilter(sql, filter),
  ]);
  const { facets, ...counts } = countFacets(snapshot, keyFilter);
  const chosen = facets.map(({ kind, values }) => {
    const all = values.toSorted((a, b) => b.count - a.count || a.key - b.key);
    const filtered = keyFilter.keys[kind];
    const others = all.slice(limit).filter(({ key }) => filtered?.has(key));
    return { kind, total: all.length, values: [...all.slice(0, limit), ...others] };
  });
  const label = await readLabels(
    sql,
    chosen.flatMap(({ values }) => values.map(({ key }) => key)),
  );
  return {
    ...counts,
    facets: chosen.map(({ kind, total, values }) => ({
      kind,
      total,
      values: values.map(({ key, count, recent }) => ({ value: label(key), count, recent })),
    })),
  };
}
