import { z } from "zod";
import { coalesce } from "../runtime/coalesce.ts";
import type { Sql } from "./postgres_client.ts";
import {
  columnsOf,
  columnsRow,
  type FailureSnapshot,
  idsRow,
  parseColumns,
  type Seen,
  selectFailures,
} from "./failure_columns.ts";
import { textCondition } from "./failure_filter.ts";
import { readRow } from "./query.ts";
import { spliceFailures } from "./splice_failures.ts";

/** Above this number of changes, a full read is faster. */
const MOST_CHANGES = 10_000;

const changesRow = columnsRow.extend({ since: z.number() });

/** One shared reader per client. */
const readers = new WeakMap<Sql, () => Promise<FailureSnapshot>>();

/** Returns the failures in retry or dead, those with the text in their error. */
export async function readFailureSnapshot(
  sql: Sql,
  text: string | undefined,
): Promise<FailureSnapshot> {
  let read = readers.get(sql);
  if (read === undefined) {
    read = reader(sql);
    readers.set(sql, read);
  }
  if (text === undefined) return await read();
  const [failures, { ids }] = await Promise.all([read(), readIdsWithText(sql, text)]);
  const found = new Set(ids);
  return selectFailures(failures, (row) => found.has(failures.ids[row]!));
}

/** Returns the ids of the failures with a text in their error, from an index alone. */
async function readIdsWithText(sql: Sql, text: string) {
  return await readRow(idsRow, () =>
    sql`
      SELECT string_agg(float8send(article_id), '') AS ids FROM article_states AS failed
      WHERE state IN ('retry', 'dead') ${textCondition(sql, text)}`);
}

/** Reads all failures once, then incrementally those that changed, which an index lookup finds. */
function reader(sql: Sql): () => Promise<FailureSnapshot> {
  let last: { failures: FailureSnapshot; seen: Seen } | null = null;
  return coalesce(async () => {
    const changes = last === null ? null : await readChanges(sql, last.seen);
    if (last === null || changes === null) last = await scan(sql);
    else last = { seen: changes.seen, failures: spliceFailures(last.failures, changes.failures) };
    return last.failures;
  });
}

/** Returns the failures that changed since a read, or null when a full read is necessary. */
async function readChanges(sql: Sql, seen: Seen) {
  const [oldest] = seen.snapshot.split(":");
  const columns = await readRow(changesRow, () =>
    sql`
      SELECT ${columnsOf(sql)}, (SELECT since FROM failure_changes_kept) AS since
      FROM (
        SELECT article_id, state, last_failed_at, first_failed_at,
          reason_key, cause_key, group_key, source_key, node_key
        FROM (
          SELECT DISTINCT article_id FROM failure_changes
          WHERE transaction >= ${oldest!}::text::bigint
            AND NOT pg_visible_in_snapshot(transaction::text::xid8, ${seen.snapshot}::text::pg_snapshot)
          LIMIT ${MOST_CHANGES + 1}
        ) AS changed LEFT JOIN article_states USING (article_id)
        ORDER BY article_id
      ) AS failed`);
  const changes = parseColumns(columns);
  const isWhole = columns.since <= Number(oldest) && columns.origin === seen.origin &&
    changes.failures.length <= MOST_CHANGES;
  return isWhole ? changes : null;
}

async function scan(sql: Sql) {
  return parseColumns(
    await readRow(columnsRow, () =>
      sql`
        SELECT ${columnsOf(sql)}
        FROM (
          SELECT article_id, state, last_failed_at, first_failed_at,
            reason_key, cause_key, group_key, source_key, node_key
          FROM article_states AS failed
          WHERE state IN ('retry', 'dead')
          ORDER BY article_id
        ) AS failed`),
  );
}
