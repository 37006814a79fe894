import { z } from "zod";
import { define } from "../../define.ts";
import type { Sql } from "../../lib/database/postgres_client.ts";
import type { FailureFilter } from "../../lib/database/failure_filter.ts";
import { failureIds } from "../../lib/database/failure_causes.ts";
import { listFailures } from "../../lib/database/failures.ts";
import { validateQuery } from "../../lib/http/validate.ts";
import { csvDownload, jsonDownload } from "../../lib/http/download.ts";
import { failureQuery } from "../../lib/http/failures/read_failure_query.ts";
import { actor } from "../../lib/http/request_actor.ts";
import { only } from "../../lib/http/allowed_methods.ts";
import { queryNumber } from "../../lib/http/paging.ts";

const PAGE = 1_000;
const { fingerprint, text, ...others } = failureQuery;
/** The page's query parameters, so that the file contains what the page shows. */
const query = z.strictObject({
  ...others,
  q: text,
  cause: fingerprint,
  id: z.array(queryNumber(1)).max(1_000).optional(),
  format: z.enum(["csv", "json"], { error: "must be csv or json" }).optional(),
});
const COLUMNS = [
  "id",
  "title",
  "state",
  "tries",
  "reason",
  "error",
  "first_failed_at",
  "last_failed_at",
  "cause",
  "group",
  "source",
  "article_source",
  "node",
] as const;

/** Streams all matching failed articles as a file: CSV, or JSON with `format=json`. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { state: { node }, url: { searchParams } } = ctx;
    const { q, cause, id, format, ...others } = validateQuery(query, searchParams);
    const filter = { ...others, text: q, fingerprint: cause, ids: id };
    const rows = everyFailure(node.database.sql, filter);
    await node.events.record({ kind: "export", subject: "failures", counts: {} }, {
      actor: actor(ctx),
    });
    return format === "json"
      ? jsonDownload("failures", rows)
      : csvDownload("failures", COLUMNS, rows);
  },
});

/** Yields all that match now, so that one that fails again meanwhile is neither missing nor there twice. */
async function* everyFailure(sql: Sql, filter: FailureFilter) {
  const matching = await failureIds(sql, filter);
  for (let from = 0; from < matching.length; from += PAGE) {
    const ids = matching.slice(from, from + PAGE);
    const page = await listFailures(sql, { ids }, { limit: PAGE });
    for (const { id, title, state, tries, reason, error, ...rest } of page.rows) {
      yield {
        id,
        title,
        state,
        tries,
        reason,
        error,
        first_failed_at: iso(rest.firstFailedAt),
        last_failed_at: iso(rest.lastFailedAt),
        cause: rest.fingerprint,
        group: rest.group,
        source: rest.source,
        article_source: rest.articleSource,
        node: rest.node,
      };
    }
  }
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
