import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { readAlerts } from "../../../lib/http/alerts/read_alerts.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";

/** The rules, targets and firings. */
export const handler = define.handlers(endpoint("/api/alerts", {
  GET: async (ctx) => succeeded(await readAlerts(ctx.state.node)),
}));
