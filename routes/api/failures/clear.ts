import { HttpError } from "fresh";
import { define } from "../../../define.ts";
import { endpoint } from "../../../lib/http/api/endpoint.ts";
import { succeeded } from "../../../lib/http/json_response.ts";
import { actor } from "../../../lib/http/request_actor.ts";
import { inSnakeCase } from "../../../lib/runtime/snake_case.ts";

/** Clears the matching dead letters; can be undone for ten minutes. */
export const handler = define.handlers(endpoint("/api/failures/clear", {
  async POST(ctx, { body }) {
    if (body.state === "retry") throw new HttpError(400, "state must be dead to be cleared");
    return succeeded(inSnakeCase(await ctx.state.node.bulk.move("clear", body, actor(ctx))));
  },
}));
