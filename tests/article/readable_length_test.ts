import assert from "node:assert/strict";
import { readableLength } from "../../lib/article/readable_length.ts";

const count = (text: string) => readableLength(text, 1_000);

Deno.test("readableLength() counts a grapheme cluster once", () => {
  assert.equal(count("四个字。"), 4);
  assert.equal(count("e\u0301t\u00e9"), 3);
  assert.equal(count("👨‍👩‍👧👍🏽❤️"), 3);
  assert.equal(count("𠀀𠀁"), 2);
  assert.equal(count("हिन्दी"), 3);
});

Deno.test("readableLength() skips invisible characters", () => {
  assert.equal(count("银\u200b\u200b行\u2060"), 2);
  assert.equal(count(""), 0);
});

Deno.test("readableLength() counts spaces only between alphabetic words", () => {
  assert.equal(count("two words"), 9);
  assert.equal(count("扫 码 关 注"), 4);
  assert.equal(count("用 Deno 写"), 6);
});

Deno.test("readableLength() counts at most two repeated punctuation marks", () => {
  assert.equal(count("——————————"), 2);
  assert.equal(count("他走了……"), 5);
});

Deno.test("readableLength() stops at the given maximum", () => {
  assert.equal(readableLength("汉".repeat(100), 20), 20);
});
