import { define } from "../../../define.ts";
import { SPANS } from "../../../lib/database/chart_history.ts";
import { readTimings } from "../../../lib/database/timing_history.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { timingsOf } from "../../../lib/status/percentiles.ts";

/** The percentiles of wait and run times in one span of the charts, oldest first. */
export const handler = define.handlers(endpoint("/api/processor/timings", {
  async GET(ctx, { query }) {
    const { span, until = null } = query;
    const rows = await readTimings(ctx.state.node.database.sql, span, { until });
    return succeeded({ span, step_seconds: SPANS[span].drawn, timings: timingsOf(rows) });
  },
}));
