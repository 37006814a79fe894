import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** Moves the matching failed articles to pending and resets their tries. */
export const handler = define.handlers(endpoint("/api/failures/retry", {
  async POST(ctx, { body }) {
    return succeeded(inSnakeCase(await ctx.state.node.bulk.move("retry", body, actor(ctx))));
  },
}));
