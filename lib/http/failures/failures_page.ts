import { type FailureQuery, filterOnly } from "../../dashboard/failures/failure_query.ts";
import type { Sql } from "../../database/postgres_client.ts";
import { databaseTime } from "../../database/database_time.ts";
import { listCauses } from "../../database/failure_causes.ts";
import { listFacets } from "../../database/count_facets.ts";
import { countFailures, listFailures } from "../../database/failures.ts";
import { listOperations } from "../../database/operations.ts";
import { parseFailureCursor } from "../../wire/failure_cursor.ts";
import { failureFilterOf } from "./query_filter.ts";

const VALUES = 6;
const ARTICLES = 50;
const PREVIEW_CAUSES = 8;
const OPERATIONS = 10;

/** The data of the failures page: facets, a page of articles, preview, operations. */
export async function readFailuresPage(sql: Sql, query: FailureQuery) {
  const filter = failureFilterOf(filterOnly(query));
  const [facets, articles, preview, operations] = await Promise.all([
    listFacets(sql, filter, VALUES),
    listFailures(sql, filter, { after: parseFailureCursor(query.cursor), limit: ARTICLES }),
    readPreview(sql, query),
    listOperations(sql, { limit: OPERATIONS }),
  ]);
  return { facets, articles, preview, operations };
}

/**
 * The articles that the action to be confirmed would affect; null without such an action. Articles that fail
 * after `until` are excluded, both from the preview and from the action.
 */
async function readPreview(sql: Sql, query: FailureQuery) {
  const kind = query.ask;
  if (kind === null || (kind === "clear" && query.state === "retry")) return null;
  const now = await databaseTime(sql);
  const until = Math.min(now, query.until ?? now);
  const filter = { ...failureFilterOf(query), until };
  const meant = kind === "clear" ? { ...filter, state: "dead" as const } : filter;
  const [count, { causes, total }] = await Promise.all([
    countFailures(sql, meant),
    listCauses(sql, meant, PREVIEW_CAUSES),
  ]);
  return { kind, until, count, causes, moreCauses: total - causes.length };
}
