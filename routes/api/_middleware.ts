import { define } from "../../define.ts";
import { errorResponse } from "../../lib/http/error_response.ts";

/** Every response below /api is uncached JSON, including errors. */
export default define.middleware(async (ctx) => {
  let response: Response;
  try {
    response = await ctx.next();
  } catch (error) {
    const { req, url, state: { node: { logger } } } = ctx;
    response = errorResponse(error, req, { logger, isIntake: isIntake(req.method, url) });
  }
  response.headers.set("cache-control", "no-store");
  return response;
});

function isIntake(method: string, { pathname }: URL): boolean {
  return (method === "POST" || method === "PUT") &&
    /\/api\/articles(\/import|\/sample)?$/.test(pathname);
}
