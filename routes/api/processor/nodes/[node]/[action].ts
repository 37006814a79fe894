import { HttpError } from "fresh";
import { define } from "../../../../../define.ts";
import { succeeded } from "../../../../../lib/http/answer.ts";
import { commandNode } from "../../../../../lib/http/command_node.ts";
import { only } from "../../../../../lib/http/methods.ts";
import { visitor } from "../../../../../lib/http/visitor.ts";
import { parseNodeAction } from "../../../../../lib/processor/commands.ts";

/** Pauses one node, which then leaves what is pending to the others, or lets it go on. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const { node = "" } = ctx.params;
    const action = parseNodeAction(ctx.params.action);
    if (action === null) {
      throw new HttpError(404, `${ctx.params.action} is none of pause, resume`);
    }
    await commandNode(ctx.state.node, { action, node, by: visitor(ctx) });
    return succeeded({ node, paused: action === "pause" });
  },
});
