import { define } from "../define.ts";
import { succeeded } from "../lib/http/json_response.ts";
import { only } from "../lib/http/allowed_methods.ts";

/** The liveness probe. */
export const handler = define.handlers({
  ...only("GET"),
  GET: () => succeeded({ alive: true }),
});
