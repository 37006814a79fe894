import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { actor } from "../../../lib/http/request_actor.ts";

/** Moves all articles in retry to pending and resets their tries. */
export const handler = define.handlers(endpoint("/api/processor/retry-all", {
  async POST(ctx) {
    const moved = await ctx.state.node.bulk.move("retry", { state: "retry" }, actor(ctx));
    return succeeded({ count: moved.done, operation: moved.id });
  },
}));
