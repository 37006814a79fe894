import assert from "node:assert/strict";
import {
  clearSessionCookie,
  cookieScope,
  readSessionCookie,
  setSessionCookie,
} from "../../lib/auth/session_cookie.ts";

const plain = cookieScope({ scheme: "http" }, "");
const secure = cookieScope({ scheme: "https" }, "");
const below = cookieScope({ scheme: "https" }, "/millrace");

const request = (headers: Record<string, string> = {}) =>
  new Request("http://feed.example/", { headers });

Deno.test("the session is found among other cookies", () => {
  const cookie = "lang=zh; millrace_session=abc; theme=dark";
  assert.equal(readSessionCookie(request({ cookie }), plain), "abc");
  assert.equal(readSessionCookie(request({ cookie: "lang=zh; xmillrace_session=a" }), plain), null);
  assert.equal(readSessionCookie(request({ cookie: "millrace_session=" }), plain), null);
  assert.equal(readSessionCookie(request(), plain), null);
});

Deno.test("a session cookie is HttpOnly and SameSite", () => {
  assert.equal(
    setSessionCookie("abc", plain),
    "millrace_session=abc; Path=/; Max-Age=604800; HttpOnly; SameSite=Strict",
  );
});

Deno.test("over TLS, the cookie has the prefix __Host-, or __Secure- below a base path", () => {
  assert.match(
    setSessionCookie("abc", secure),
    /^__Host-millrace_session=abc; Path=\/; .*; Secure$/,
  );
  assert.match(
    setSessionCookie("abc", below),
    /^__Secure-millrace_session=abc; Path=\/millrace; .*; Secure$/,
  );
});

Deno.test("over TLS, an unprefixed cookie is ignored", () => {
  const cookie = "millrace_session=planted";
  assert.equal(readSessionCookie(request({ cookie }), secure), null);
  assert.equal(
    readSessionCookie(request({ cookie: "__Host-millrace_session=own" }), secure),
    "own",
  );
});

Deno.test("signing out expires the cookie", () => {
  assert.match(clearSessionCookie(plain), /^millrace_session=; Path=\/; Max-Age=0;/);
});
