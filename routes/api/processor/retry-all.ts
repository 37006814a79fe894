import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";
import { visitor } from "../../../lib/http/visitor.ts";

/** Puts every article that waits for its next try back to pending, its tries forgotten. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const moved = await ctx.state.node.bulk.move("retry", { state: "retry" }, visitor(ctx));
    return succeeded({ count: moved.done, operation: moved.id });
  },
});
