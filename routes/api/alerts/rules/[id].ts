import { HttpError } from "fresh";
import { define } from "../../../../define.ts";
import { createAlertActions } from "../../../../lib/http/alerts/alert_actions.ts";
import { endpoint } from "../../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../../lib/http/json_response.ts";
import { idParameter } from "../../../../lib/http/id_parameter.ts";
import { actor } from "../../../../lib/http/request_actor.ts";

/** Replaces or deletes a rule. */
export const handler = define.handlers(endpoint("/api/alerts/rules/{id}", {
  async PUT(ctx, { body }) {
    const id = idParameter(ctx.params);
    const saved = await createAlertActions(ctx.state.node, actor(ctx)).save(id, body);
    if (saved === null) throw new HttpError(409, `There is a rule named ${body.name} already`);
    return succeeded({ id });
  },
  async DELETE(ctx) {
    const id = idParameter(ctx.params);
    await createAlertActions(ctx.state.node, actor(ctx)).remove(id);
    return succeeded({ id });
  },
}));
