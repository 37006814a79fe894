import { define } from "../../define.ts";
import { errorResponse } from "../../lib/http/error_response.ts";

/** Every response below /api is uncached JSON, including errors. */
export default define.middleware(async (ctx) => {
  let response: Response;
  try {
    response = await ctx.next();
  } catch (error) {
    response = errorResponse(error, ctx.state.node.logger, isIntake(ctx.req.method, ctx.url));
  }
  response.headers.set("cache-control", "no-store");
  return response;
});

function isIntake(method: string, { pathname }: URL): boolean {
  return (method === "POST" || method === "PUT") &&
    /\/api\/articles(\/import|\/sample)?$/.test(pathname);
}
