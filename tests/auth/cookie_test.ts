import assert from "node:assert/strict";
import { forgetSession, keepSession, sessionCookie } from "../../lib/auth/cookie.ts";

const request = (headers: Record<string, string> = {}) =>
  new Request("http://feed.example/", { headers });

Deno.test("the session is found among other cookies", () => {
  const cookie = "lang=zh; millrace_session=viewer.1.abc; theme=dark";
  assert.equal(sessionCookie(request({ cookie })), "viewer.1.abc");
  assert.equal(sessionCookie(request({ cookie: "lang=zh; xmillrace_session=a" })), null);
  assert.equal(sessionCookie(request({ cookie: "millrace_session=" })), null);
  assert.equal(sessionCookie(request()), null);
});

Deno.test("a session's cookie is out of reach of scripts and other sites", () => {
  assert.equal(
    keepSession("admin.1.abc", request()),
    "millrace_session=admin.1.abc; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict",
  );
  assert.match(keepSession("x", request({ "x-forwarded-proto": "https" })), /; Secure$/);
});

Deno.test("signing out makes the browser forget at once", () => {
  assert.match(forgetSession(request()), /^millrace_session=; Path=\/; Max-Age=0;/);
});
