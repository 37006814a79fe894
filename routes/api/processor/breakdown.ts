import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { breakdownFor } from "../../../lib/http/overview/read_breakdown.ts";

/** The counts of each node or group in one span of the charts. */
export const handler = define.handlers(endpoint("/api/processor/breakdown", {
  async GET(ctx, { query }) {
    const { span, until = null, by, of = [] } = query;
    const view = await breakdownFor(ctx.state.node, { span, until, by, of });
    return succeeded({ span, ...view });
  },
}));
