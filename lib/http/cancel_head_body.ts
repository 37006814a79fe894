import type { Context } from "fresh";
import type { State } from "../../define.ts";

/**
 * A middleware that ends the body of a response to HEAD, of which only the headers are sent: a GET handler has opened
 * a file or a cursor for it. Fresh drops such a body without canceling it.
 */
export async function cancelHeadBody(ctx: Context<State>): Promise<Response> {
  const response = await ctx.next();
  if (ctx.req.method !== "HEAD" || response.body === null) return response;
  await response.body.cancel();
  return new Response(null, response);
}
