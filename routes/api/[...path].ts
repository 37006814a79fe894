import { define } from "../../define.ts";
import { refused } from "../../lib/http/json_response.ts";

/** The fallback of paths below /api. */
export const handler = define.handlers(({ req, url }) =>
  refused(req, 404, `There is no ${url.pathname}`)
);
