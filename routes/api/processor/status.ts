import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";

/** The `ProcessorStatus` of this moment. */
export const handler = define.handlers({
  ...only("GET"),
  GET: async (ctx) => succeeded(await ctx.state.node.reporter.status()),
});
