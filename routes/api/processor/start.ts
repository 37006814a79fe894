import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { actor } from "../../../lib/http/request_actor.ts";

/** Sets the desired state to running, on all current and later nodes. */
export const handler = define.handlers(endpoint("/api/processor/start", {
  async POST(ctx) {
    await ctx.state.node.settings.command("start", actor(ctx));
    return succeeded({ enabled: true });
  },
}));
