import { define } from "../define.ts";
import { forgetSession } from "../lib/auth/cookie.ts";
import { only } from "../lib/http/methods.ts";

/** Makes the browser forget its session. */
export const handler = define.handlers({
  ...only("POST"),
  POST(ctx) {
    const answer = ctx.redirect("/sign-in", 303);
    answer.headers.set("set-cookie", forgetSession(ctx.req));
    return answer;
  },
});
