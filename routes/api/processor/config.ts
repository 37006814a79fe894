import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { checked } from "../../../lib/http/checked.ts";
import { jsonBody } from "../../../lib/http/json_body.ts";
import { only } from "../../../lib/http/methods.ts";
import { visitor } from "../../../lib/http/visitor.ts";
import { settingsPatch } from "../../../lib/processor/settings.ts";

/** A thousand phrases of a hundred characters fit. */
const MAX_BYTES = 1024 * 1024;

/** The operator's settings; a change may name some of them only. */
export const handler = define.handlers({
  ...only("GET", "PUT"),
  GET: async (ctx) => succeeded(await ctx.state.node.settings.refresh()),
  async PUT(ctx) {
    const wanted = checked(settingsPatch, await jsonBody(ctx.req, MAX_BYTES));
    return succeeded(await ctx.state.node.settings.change(wanted, visitor(ctx)));
  },
});
