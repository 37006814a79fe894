import { define } from "../../define.ts";
import { answerError } from "../../lib/http/error_answer.ts";

/** What goes wrong before a socket is open is answered in JSON, as below /api. */
export default define.middleware(async (ctx) => {
  try {
    return await ctx.next();
  } catch (error) {
    return answerError(error, ctx.state.node.logger);
  }
});
