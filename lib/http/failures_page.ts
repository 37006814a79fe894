import type { FailureQuery } from "../dashboard/failure_query.ts";
import type { Sql } from "../database/client.ts";
import { databaseTime } from "../database/clock.ts";
import { countFailures, listCauses, listFailures } from "../database/failures.ts";
import { listOperations } from "../database/operations.ts";
import { failureFilterOf } from "./failure_filter.ts";

const CAUSES = 100;
const ARTICLES = 50;
const EXAMPLES = 8;
const OPERATIONS = 10;

/** Everything that the page of failures shows: causes, or one cause's articles; preview; operations. */
export async function readFailuresPage(sql: Sql, query: FailureQuery) {
  const filter = failureFilterOf({ ...query, ids: null });
  const [found, articles, preview, operations] = await Promise.all([
    listCauses(sql, filter, CAUSES),
    query.cause === null
      ? null
      : listFailures(sql, filter, { cursor: query.cursor, limit: ARTICLES }),
    readPreview(sql, query),
    listOperations(sql, { limit: OPERATIONS }),
  ]);
  return { found, articles, preview, operations };
}

/**
 * What the action that is asked about would touch; null when none is. What fails after `until` is not
 * among it, neither now nor when the action is done.
 */
async function readPreview(sql: Sql, query: FailureQuery) {
  const kind = query.ask;
  if (kind === null || (kind === "clear" && query.state === "retry")) return null;
  const until = await databaseTime(sql);
  const filter = { ...failureFilterOf(query), until };
  const meant = kind === "clear" ? { ...filter, state: "dead" as const } : filter;
  const [count, { rows: examples }] = await Promise.all([
    countFailures(sql, meant),
    listFailures(sql, meant, { limit: EXAMPLES }),
  ]);
  return { kind, until, count, examples };
}
