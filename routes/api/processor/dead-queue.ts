import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";
import { visitor } from "../../../lib/http/visitor.ts";

/** Clears every dead letter; for ten minutes it can be undone. */
export const handler = define.handlers({
  ...only("DELETE"),
  async DELETE(ctx) {
    const cleared = await ctx.state.node.bulk.move("clear", {}, visitor(ctx));
    return succeeded({ count: cleared.done, operation: cleared.id });
  },
});
