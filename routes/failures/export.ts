import { z } from "zod";
import { define } from "../../define.ts";
import type { Sql } from "../../lib/database/client.ts";
import { type FailureFilter, listFailures } from "../../lib/database/failures.ts";
import { checkedQuery } from "../../lib/http/checked.ts";
import { csvDownload, jsonDownload } from "../../lib/http/download.ts";
import { failureQuery } from "../../lib/http/failure_query.ts";
import { only } from "../../lib/http/methods.ts";

const PAGE = 1_000;
const query = z.strictObject({
  state: failureQuery.state,
  q: failureQuery.text,
  cause: failureQuery.fingerprint,
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
] as const;

/** All failed articles that match, as a file of any size: CSV, or JSON where `format=json`. */
export const handler = define.handlers({
  ...only("GET"),
  GET({ state: { node }, url: { searchParams } }) {
    const { state, q, cause, format } = checkedQuery(query, searchParams);
    const rows = everyFailure(node.database.sql, { state, text: q, fingerprint: cause });
    return format === "json"
      ? jsonDownload("failures", rows)
      : csvDownload("failures", COLUMNS, rows);
  },
});

async function* everyFailure(sql: Sql, filter: FailureFilter) {
  let cursor: number | null = null;
  do {
    const page: Awaited<ReturnType<typeof listFailures>> = await listFailures(sql, filter, {
      cursor,
      limit: PAGE,
    });
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
      };
    }
    cursor = page.cursor;
  } while (cursor !== null);
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
