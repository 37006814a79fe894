import assert from "node:assert/strict";
import { findPhrases } from "../../../lib/article/steps/find_phrase.ts";

const PHRASES = ["扫码关注", "Subscribe Now", "微信号：", "café"];

function find(text: string, phrases: readonly string[] = PHRASES): string[] {
  return findPhrases(text, phrases).map((found) => found.text);
}

Deno.test("findPhrases() returns phrases as written in the text, in order", () => {
  assert.deepEqual(find("请扫码关注，SUBSCRIBE NOW!"), ["扫码关注", "SUBSCRIBE NOW"]);
  const [found] = findPhrases("请扫 码关注", PHRASES);
  assert.deepEqual(found, { text: "扫 码关注", start: 1, end: 6, phrase: "扫码关注" });
});

Deno.test("findPhrases() matches despite spaces, dots, invisible or traditional characters", () => {
  for (
    const text of [
      "扫 码 关 注",
      "掃碼關注",
      "扫\u200b码\u2060关\ufeff注",
      "扫·码·关·注",
      "扫-码_关*注",
      "掃　碼 關\u00a0注",
    ]
  ) assert.deepEqual(find(`请${text}我们`), [text]);
  assert.deepEqual(find("ＳＵＢＳＣＲＩＢＥ　ｎｏｗ"), ["ＳＵＢＳＣＲＩＢＥ　ｎｏｗ"]);
  assert.deepEqual(find("微信號:abc"), ["微信號:"]);
  assert.deepEqual(find("CAFE\u0301"), ["CAFE"]);
});

Deno.test("findPhrases() does not match a phrase inside other words", () => {
  assert.deepEqual(find("扫码后关注"), []);
  assert.deepEqual(find("扫码。关注"), []);
  assert.deepEqual(find("欢迎参加，微信搜索", ["加微信"]), []);
  assert.deepEqual(find("subscribe nowadays"), []);
  assert.deepEqual(find("resubscribe now"), []);
  assert.deepEqual(find("扫————码关注"), []);
});

Deno.test("findPhrases() prefers the longest phrase", () => {
  assert.deepEqual(find("长按识别二维码", ["长按", "长按识别二维码", "二维码"]), [
    "长按识别二维码",
  ]);
});

Deno.test("findPhrases() matches phrases literally and ignores blank ones", () => {
  const phrases = ["", "  ", "a.b*(c)"];
  assert.deepEqual(find("aXb(c)", phrases), []);
  assert.deepEqual(find("- A.B*(C) -", phrases), ["A.B*(C)"]);
  assert.deepEqual(find("x", []), []);
});

Deno.test("findPhrases() respects additions to its list", () => {
  const phrases = ["one"];
  assert.deepEqual(find("two", phrases), []);
  phrases.push("two");
  assert.deepEqual(find("two", phrases), ["two"]);
});
