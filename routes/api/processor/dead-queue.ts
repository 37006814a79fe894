import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { actor } from "../../../lib/http/request_actor.ts";

/** Clears all dead letters; can be undone for ten minutes. */
export const handler = define.handlers(endpoint("/api/processor/dead-queue", {
  async DELETE(ctx) {
    const cleared = await ctx.state.node.bulk.move("clear", {}, actor(ctx));
    return succeeded({ count: cleared.done, operation: cleared.id });
  },
}));
