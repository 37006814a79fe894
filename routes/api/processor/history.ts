import { define } from "../../../define.ts";
import { readHistory, SPANS } from "../../../lib/database/chart_history.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";

/** The samples of one span of the charts, oldest first. */
export const handler = define.handlers(endpoint("/api/processor/history", {
  async GET(ctx, { query }) {
    const { span, until = null } = query;
    const samples = await readHistory(ctx.state.node.database.sql, span, { until });
    return succeeded({ span, step_seconds: SPANS[span].step, samples });
  },
}));
