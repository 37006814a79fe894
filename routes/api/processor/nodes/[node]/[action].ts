import { HttpError } from "fresh";
import { define } from "../../../../../define.ts";
import { endpoint } from "../../../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../../../lib/http/json_response.ts";
import { commandNode } from "../../../../../lib/http/workers/command_node.ts";
import { actor } from "../../../../../lib/http/request_actor.ts";
import { parseNodeAction } from "../../../../../lib/processor/node_commands.ts";

/** Pauses or resumes one node. */
export const handler = define.handlers(endpoint("/api/processor/nodes/{node}/{action}", {
  async POST(ctx) {
    const { node = "" } = ctx.params;
    const action = parseNodeAction(ctx.params.action);
    if (action === null) {
      throw new HttpError(404, `${ctx.params.action} is neither pause nor resume`);
    }
    await commandNode(ctx.state.node, { action, node, by: actor(ctx) });
    return succeeded({ node, paused: action === "pause" });
  },
}));
