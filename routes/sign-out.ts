import { define } from "../define.ts";
import { clearSessionCookie } from "../lib/auth/session_cookie.ts";
import { only } from "../lib/http/allowed_methods.ts";

/** Ends the browser's session and clears its cookie. */
export const handler = define.handlers({
  ...only("POST"),
  async POST(ctx) {
    const { node: { access, socketWatch }, client } = ctx.state;
    await access.signOut(ctx.req, client);
    await socketWatch.check();
    const response = ctx.redirect("/sign-in", 303);
    response.headers.set("set-cookie", clearSessionCookie(access.cookieScope(client)));
    return response;
  },
});
