import assert from "node:assert/strict";
import { chooseLanguage } from "../../lib/i18n/choose_language.ts";
import { preferenceCookie } from "../../lib/i18n/preference_cookie.ts";

function choose(acceptLanguage: string | null, cookie: string | null) {
  const headers = new Headers();
  if (acceptLanguage !== null) headers.set("accept-language", acceptLanguage);
  if (cookie !== null) headers.set("cookie", cookie);
  return chooseLanguage(headers);
}

Deno.test("chooseLanguage() returns the browser's first supported preference", () => {
  assert.equal(choose("zh-CN,zh;q=0.9,en;q=0.8", null), "zh");
  assert.equal(choose("en-GB,en;q=0.9,zh;q=0.8", null), "en");
  assert.equal(choose("fr;q=1, en;q=0.3, zh-TW;q=0.7", null), "zh");
  assert.equal(choose("de", null), "en");
  assert.equal(choose("", null), "en");
  assert.equal(choose(null, null), "en");
});

Deno.test("chooseLanguage() skips languages with q=0, and tolerates invalid headers", () => {
  assert.equal(choose("zh;q=0, en;q=0.1", null), "en");
  assert.equal(choose(";;q=,zh;q=x,,", null), "zh");
});

Deno.test("chooseLanguage() prefers the language chosen on the page", () => {
  const [cookie = ""] = preferenceCookie("language", "zh", "").split(";");
  assert.equal(choose("en", `theme=dark; ${cookie}`), "zh");
  assert.equal(choose("zh", "language=tlh"), "zh");
  assert.equal(choose("zh", "otherlanguage=en"), "zh");
});
