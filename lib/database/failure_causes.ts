import { z } from "zod";
import type { Sql } from "./postgres_client.ts";
import { matchingRows, partOf, readKeyFilter, readLabels } from "./count_facets.ts";
import type { FailureFilter } from "./failure_filter.ts";
import { readFailureSnapshot } from "./failure_snapshot.ts";
import { readRows } from "./query.ts";
import { arrayLiteral } from "./sql_parameters.ts";

/** The number of buckets in the last hour for a cause's recent failures, newest last. */
const PARTS = 12;
const HOUR_MS = 3_600_000;

/** The number of examples per cause, its latest failures. */
const EXAMPLES = 3;

const example = z.object({
  id: z.number(),
  /** Null when the id has no article. */
  title: z.string().nullable(),
});

export const cause = z.object({
  fingerprint: z.string(),
  /** The error of the cause's latest failure. */
  sample: z.string().nullable(),
  reason: z.string().nullable(),
  retry: z.number(),
  dead: z.number(),
  /** Milliseconds since the epoch, in whole seconds. */
  firstSeen: z.number().nullable(),
  /** Milliseconds since the epoch. */
  lastSeen: z.number().nullable(),
  recent: z.array(z.number()),
  /** The latest failures. */
  examples: z.array(example),
});

/** The failed articles of one cause, with a histogram of their last failures over the last hour. */
export type FailureCause = z.infer<typeof cause>;

/** A list of causes, with totals that include unlisted ones. */
export interface FailureCauses {
  causes: FailureCause[];
  /** The number of causes. */
  total: number;
  /** The number of articles. */
  retry: number;
  dead: number;
}

interface Group {
  key: number;
  retry: number;
  dead: number;
  first: number;
  last: number;
  recent: number[];
  /** The latest failures, latest first. */
  latest: { id: number; at: number }[];
}

const newestRow = z.object({
  ...example.shape,
  error: z.string().nullable(),
  reason: z.string().nullable(),
});

/** Returns the causes of articles in retry or dead, most frequent first. */
export async function listCauses(
  sql: Sql,
  filter: FailureFilter,
  limit: number,
): Promise<FailureCauses> {
  const groups = await groupByCause(sql, filter);
  const listed = groups.toSorted((a, b) => b.retry + b.dead - a.retry - a.dead || a.key - b.key)
    .slice(0, limit);
  const [label, newest] = await Promise.all([
    readLabels(sql, listed.map(({ key }) => key)),
    readNewest(sql, listed.flatMap(({ latest }) => latest.map(({ id }) => id))),
  ]);
  return {
    causes: listed.map(({ key, retry, dead, first, last, recent, latest }) => {
      const known = latest.flatMap(({ id }) => newest.get(id) ?? []);
      return {
        fingerprint: label(key),
        sample: known[0]?.error ?? null,
        reason: known[0]?.reason ?? null,
        retry,
        dead,
        firstSeen: first === Infinity ? null : first * 1_000,
        lastSeen: last || null,
        recent,
        examples: known.map(({ id, title }) => ({ id, title })),
      };
    }),
    total: groups.length,
    retry: groups.reduce((sum, { retry }) => sum + retry, 0),
    dead: groups.reduce((sum, { dead }) => sum + dead, 0),
  };
}

/** Returns the ids of all failed articles that match, latest failure first. */
export async function failureIds(sql: Sql, filter: FailureFilter): Promise<number[]> {
  const { snapshot, rows } = await readMatching(sql, filter);
  const { lastFailedAt, ids } = snapshot;
  return rows.sort((a, b) => lastFailedAt[b]! - lastFailedAt[a]! || b - a).map((row) => ids[row]!);
}

/** Returns the snapshot with the places of the failures that match, by ascending id. */
async function readMatching(sql: Sql, filter: FailureFilter) {
  const [snapshot, keyFilter] = await Promise.all([
    readFailureSnapshot(sql, filter.text),
    readKeyFilter(sql, filter),
  ]);
  const wanted = filter.ids === undefined ? null : new Set(filter.ids);
  const rows = [...matchingRows(snapshot, keyFilter)]
    .filter((row) => wanted === null || wanted.has(snapshot.ids[row]!));
  return { snapshot, rows };
}

async function groupByCause(sql: Sql, filter: FailureFilter): Promise<Group[]> {
  const { snapshot, rows } = await readMatching(sql, filter);
  const groups = new Map<number, Group>();
  for (const row of rows) {
    const id = snapshot.ids[row]!;
    const key = snapshot.keys.cause[row]!;
    let group = groups.get(key);
    if (group === undefined) {
      group = {
        key,
        retry: 0,
        dead: 0,
        first: Infinity,
        last: 0,
        recent: Array(PARTS).fill(0),
        latest: [],
      };
      groups.set(key, group);
    }
    group[snapshot.dead[row] === 1 ? "dead" : "retry"]++;
    const first = snapshot.firstFailedAt[row]!;
    if (first > 0 && first < group.first) group.first = first;
    const last = snapshot.lastFailedAt[row]!;
    if (last > group.last) group.last = last;
    const part = partOf(last, snapshot.at - HOUR_MS, snapshot.at, PARTS);
    if (part !== null) group.recent[part]!++;
    // Rows are in the order of ids, so that of equal times the greatest id comes first.
    const place = group.latest.findIndex(({ at }) => last >= at);
    if (place >= 0) group.latest.splice(place, 0, { id, at: last });
    else if (group.latest.length < EXAMPLES) group.latest.push({ id, at: last });
    if (group.latest.length > EXAMPLES) group.latest.pop();
  }
  return [...groups.values()];
}

async function readNewest(sql: Sql, ids: number[]) {
  const rows = await readRows(
    newestRow,
    () =>
      sql`
        SELECT failed.article_id AS id, articles.title, failed.error, failed.reason
        FROM article_states AS failed
        LEFT JOIN original_articles AS articles ON articles.id = failed.article_id
        WHERE failed.article_id = ANY(${arrayLiteral(ids)}::bigint[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}
