import { define } from "../define.ts";
import { refused, succeeded } from "../lib/http/json_response.ts";
import { only } from "../lib/http/allowed_methods.ts";
import { readiness } from "../lib/telemetry/readiness.ts";

/** The readiness probe; 503 names what is missing. */
export const handler = define.handlers({
  ...only("GET"),
  async GET(ctx) {
    const { missing, parts } = await readiness(ctx.state.node);
    if (missing.length === 0) return succeeded(parts);
    const message = `Not ready: ${missing.join(" and ")} cannot be reached`;
    return refused(ctx.req, 503, message, { data: parts });
  },
});
