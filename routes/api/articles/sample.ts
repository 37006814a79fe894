import { define } from "../../../define.ts";
import { succeeded } from "../../../lib/http/answer.ts";
import { only } from "../../../lib/http/methods.ts";
import { importSample } from "../../../lib/intake/sample.ts";

/** Takes in the articles that come with Millrace. */
export const handler = define.handlers({
  ...only("POST"),
  POST: async (ctx) => succeeded(await importSample(ctx.state.node)),
});
