import { define } from "../../../define.ts";
import { listOperations } from "../../../lib/database/operations.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** Bulk operations with their progress, newest first. */
export const handler = define.handlers(endpoint("/api/operations", {
  async GET(ctx, { query }) {
    const { limit } = query;
    const operations = await listOperations(ctx.state.node.database.sql, { limit });
    return succeeded({ operations: inSnakeCase(operations) });
  },
}));
