import { define } from "../../define.ts";
import { answerError } from "../../lib/http/error_answer.ts";

/** Every answer below /api is JSON, errors too, and of this moment only. */
export default define.middleware(async (ctx) => {
  let response: Response;
  try {
    response = await ctx.next();
  } catch (error) {
    response = answerError(error, ctx.state.node.logger);
  }
  response.headers.set("cache-control", "no-store");
  return response;
});
