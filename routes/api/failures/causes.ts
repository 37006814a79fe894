import { define } from "../../../define.ts";
import { listCauses } from "../../../lib/database/failure_causes.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** The causes of articles in retry or dead, most frequent first, with totals. */
export const handler = define.handlers(endpoint("/api/failures/causes", {
  async GET(ctx, { query }) {
    const { limit, ...filter } = query;
    const found = await listCauses(ctx.state.node.database.sql, filter, limit);
    return succeeded(inSnakeCase(found));
  },
}));
