import assert from "node:assert/strict";
import { parseText } from "../../lib/intake/document/text_document.ts";
import { assertSameAtEachSplit, fuzzParser, summary } from "../support/byte_stream.ts";

const INPUT = "\r\n 题目 \r\n\r\nfirst line\r\nsecond\n";

Deno.test("the first line is the title, and the rest is the content", async () => {
  assert.deepEqual(await summary(parseText, INPUT), ["1: 题目 | first line\nsecond"]);
  assert.deepEqual(await summary(parseText, "title alone"), ["1: title alone | "]);
});

Deno.test("plain text parses independently of chunk boundaries", () =>
  assertSameAtEachSplit(parseText, INPUT));

Deno.test("the text parser does not throw for any bytes", () =>
  fuzzParser(parseText, ["\n", "a", "中"]));

Deno.test("a document without letters and a binary document are rejected", async () => {
  assert.deepEqual(await summary(parseText, " \n"), ["1: ! the document is empty"]);
  assert.deepEqual(await summary(parseText, Uint8Array.of(0x61, 0xFF, 0xFF)), [
    "1: ! the document is not text in a known charset",
  ]);
});

Deno.test("an invalid byte in a document is replaced and noted", async () => {
  const bytes = new TextEncoder().encode(`title\n${"text ".repeat(20)}`);
  assert.deepEqual(await summary(parseText, Uint8Array.of(...bytes, 0xFF)), [
    "1: ~ 1 character could not be read",
    `1: title | ${"text ".repeat(20)}\uFFFD`,
  ]);
});

Deno.test("a first line of prose is content, and the title is empty", async () => {
  const long = "长".repeat(600);
  const prose = "春天来了，河水涨起来，木轮又转动了。";
  for (const text of [`${long}\ntext`, `${prose}\n\ntext`, prose, "一".repeat(40)]) {
    assert.deepEqual(await summary(parseText, text), [`1:  | ${text}`]);
  }
});

Deno.test("a first line that the next one continues is content, and the title is empty", async () => {
  const cut = "昨天下午下了一场大雨，\n街上的人都跑进了商店，等到傍晚才回家。\n\n第二段";
  const wrapped =
    "The train was late again this morning, so we\nwalked to the office along the river.";
  for (const text of [cut, wrapped]) {
    assert.deepEqual(await summary(parseText, text), [`1:  | ${text}`]);
  }
});
