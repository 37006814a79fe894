import { define } from "../../../../../define.ts";
import { createAlertActions } from "../../../../../lib/http/alerts/alert_actions.ts";
import { endpoint } from "../../../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../../../lib/http/json_response.ts";
import { idParameter } from "../../../../../lib/http/id_parameter.ts";
import { actor } from "../../../../../lib/http/request_actor.ts";

/** Acknowledges a firing. */
export const handler = define.handlers(endpoint("/api/alerts/firings/{id}/acknowledge", {
  async POST(ctx) {
    const id = idParameter(ctx.params);
    await createAlertActions(ctx.state.node, actor(ctx)).acknowledge(id);
    return succeeded({ id });
  },
}));
