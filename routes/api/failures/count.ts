import { define } from "../../../define.ts";
import { countFailures } from "../../../lib/database/failures.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";

/** Counts the articles that a retry or a clearing with this filter would move. */
export const handler = define.handlers(endpoint("/api/failures/count", {
  async GET(ctx, { query }) {
    const filter = query;
    return succeeded({ count: await countFailures(ctx.state.node.database.sql, filter) });
  },
}));
