import { define } from "../../../define.ts";
import { createAlertActions } from "../../../lib/http/alerts/alert_actions.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { actor } from "../../../lib/http/request_actor.ts";

/** Mutes a rule, or all, for a time. */
export const handler = define.handlers(endpoint("/api/alerts/mute", {
  async POST(ctx, { body: { rule_id, seconds } }) {
    const actions = createAlertActions(ctx.state.node, actor(ctx));
    return succeeded({ count: await actions.mute(rule_id, seconds) });
  },
}));
