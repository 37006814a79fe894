import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { changeSettings } from "../../../lib/http/settings/change_settings.ts";
import { actor } from "../../../lib/http/request_actor.ts";

/** The operator's settings; a change may be partial. */
export const handler = define.handlers(endpoint("/api/processor/config", {
  GET: async (ctx) => succeeded(await ctx.state.node.settings.refresh()),
  async PUT(ctx, { body }) {
    const { base = {}, ...patch } = body;
    return succeeded(await changeSettings(ctx.state.node, { patch, base }, actor(ctx)));
  },
}));
