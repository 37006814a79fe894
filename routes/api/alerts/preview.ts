import { define } from "../../../define.ts";
import { previewRule } from "../../../lib/alerts/preview_rule.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";

/** Evaluates a rule on the past week. */
export const handler = define.handlers(endpoint("/api/alerts/preview", {
  async POST(ctx, { body }) {
    return succeeded(await previewRule(ctx.state.node.database.sql, body));
  },
}));
