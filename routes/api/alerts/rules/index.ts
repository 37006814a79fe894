import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { createAlertActions } from "../../../../lib/http/alerts/alert_actions.ts";
import { endpoint } from "../../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../../lib/http/json_response.ts";
import { actor } from "../../../../lib/http/request_actor.ts";

/** Creates a rule. */
export const handler = define.handlers(endpoint("/api/alerts/rules", {
  async POST(ctx, { body }) {
    const id = await createAlertActions(ctx.state.node, actor(ctx)).save(null, body);
    if (id === null) throw new HttpError(409, `There is a rule named ${body.name} already`);
    return succeeded({ id }, 201);
  },
}));
