import { define } from "../../../define.ts";
import { listFailures } from "../../../lib/database/failures.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** The articles in retry or dead, newest first. */
export const handler = define.handlers(endpoint("/api/failures", {
  async GET(ctx, { query }) {
    const { cursor = null, limit, ...filter } = query;
    const { sql } = ctx.state.node.database;
    const page = await listFailures(sql, filter, { cursor, limit });
    return succeeded({ articles: inSnakeCase(page.rows), next: page.cursor });
  },
}));
