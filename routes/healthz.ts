import { define } from "../define.ts";
import { succeeded } from "../lib/http/answer.ts";
import { only } from "../lib/http/methods.ts";

/** Whether this process lives. */
export const handler = define.handlers({
  ...only("GET"),
  GET: () => succeeded({ alive: true }),
});
