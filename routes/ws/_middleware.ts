import { define } from "../../define.ts";
import { errorResponse } from "../../lib/http/error_response.ts";

/** Errors before the upgrade are JSON, as below /api. */
export default define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    return errorResponse(error, ctx.req, { logger: ctx.state.node.logger });
  }
});
