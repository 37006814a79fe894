import { define } from "../../define.ts";
import { refused } from "../../lib/http/answer.ts";

/** Whatever no other route below /api answers. */
export const handler = define.handlers((ctx) => refused(404, `There is no ${ctx.url.pathname}`));
