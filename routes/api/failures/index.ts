import { define } from "../../../define.ts";
import { listFailures } from "../../../lib/database/failures.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { withErrorCode } from "../../../lib/http/failures/with_error_code.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { formatFailureCursor, parseFailureCursor } from "../../../lib/wire/failure_cursor.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** The articles in retry or dead, latest failure first. */
export const handler = define.handlers(endpoint("/api/failures", {
  async GET(ctx, { query }) {
    const { cursor, limit, ...filter } = query;
    const { sql } = ctx.state.node.database;
    const after = parseFailureCursor(cursor);
    const { rows, next } = await listFailures(sql, filter, { after, limit });
    return succeeded({
      articles: inSnakeCase(rows.map(withErrorCode)),
      next: next && formatFailureCursor(next),
    });
  },
}));
