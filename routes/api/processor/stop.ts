import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";
import { visitor } from "../../../lib/http/visitor.ts";

/** Stops the stream: every node obeys, also one that joins later. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    await ctx.state.node.settings.command("stop", visitor(ctx));
    return succeeded({ enabled: false });
  },
});
