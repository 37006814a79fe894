import { define } from "../../../../../define.ts";
import { createAlertActions } from "../../../../../lib/http/alerts/alert_actions.ts";
import { endpoint } from "../../../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../../../lib/http/json_response.ts";
import { idParameter } from "../../../../../lib/http/id_parameter.ts";
import { actor } from "../../../../../lib/http/request_actor.ts";

/** Sends a test message to a target. */
export const handler = define.handlers(endpoint("/api/alerts/targets/{id}/test", {
  async POST(ctx) {
    const actions = createAlertActions(ctx.state.node, actor(ctx));
    return succeeded(await actions.testTarget(idParameter(ctx.params), ctx.req.signal));
  },
}));
