import assert from "node:assert/strict";
import { parseText } from "../../lib/intake/text.ts";
import { assertBearsAnything, assertSameHoweverCut, summary } from "../support/byte_stream.ts";

const INPUT = "\uFEFF\r\n 题目 \r\n\r\nfirst line\r\nsecond\n";

Deno.test("the first line is the title, the rest the content", async () => {
  assert.deepEqual(await summary(parseText, INPUT), ["1: 题目 | first line\nsecond"]);
  assert.deepEqual(await summary(parseText, "title alone"), ["1: title alone | "]);
});

Deno.test("plain text gives the same wherever it is cut", () =>
  assertSameHoweverCut(parseText, INPUT));

Deno.test("no bytes make the text parser fail", () =>
  assertBearsAnything(parseText, ["\n", "a", "中"]));

Deno.test("a text without a letter, and one whose first line is no title, are rejected", async () => {
  assert.deepEqual(await summary(parseText, " \n"), ["1: ! the document is empty"]);
  assert.deepEqual(await summary(parseText, "x".repeat(501)), [
    "1: ! title is longer than 500 characters",
  ]);
  assert.deepEqual(await summary(parseText, Uint8Array.of(0x61, 0xFF)), [
    "1: ! the record holds bytes that are not UTF-8",
  ]);
});

Deno.test("UTF-16 with its mark is read", async () => {
  const bytes = Uint8Array.of(0xFF, 0xFE, 0x2D, 0x4E, 0x0A, 0x00, 0x61, 0x00);
  assert.deepEqual(await summary(parseText, bytes), ["1: 中 | a"]);
  await assertSameHoweverCut(parseText, bytes);
});
