import assert from "node:assert/strict";
import { pickLanguage } from "../../lib/i18n/language.ts";
import { preferenceCookie } from "../../lib/i18n/preference.ts";

Deno.test("pickLanguage() returns the browser's first supported preference", () => {
  assert.equal(pickLanguage("zh-CN,zh;q=0.9,en;q=0.8", null), "zh");
  assert.equal(pickLanguage("en-GB,en;q=0.9,zh;q=0.8", null), "en");
  assert.equal(pickLanguage("fr;q=1, en;q=0.3, zh-TW;q=0.7", null), "zh");
  assert.equal(pickLanguage("de", null), "en");
  assert.equal(pickLanguage("", null), "en");
  assert.equal(pickLanguage(null, null), "en");
});

Deno.test("pickLanguage() skips languages with q=0, and tolerates invalid headers", () => {
  assert.equal(pickLanguage("zh;q=0, en;q=0.1", null), "en");
  assert.equal(pickLanguage(";;q=,zh;q=x,,", null), "zh");
});

Deno.test("pickLanguage() prefers the language chosen on the page", () => {
  const [cookie = ""] = preferenceCookie("language", "zh", "").split(";");
  assert.equal(pickLanguage("en", `theme=dark; ${cookie}`), "zh");
  assert.equal(pickLanguage("zh", "language=tlh"), "zh");
  assert.equal(pickLanguage("zh", "otherlanguage=en"), "zh");
});
