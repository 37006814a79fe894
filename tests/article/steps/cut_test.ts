import assert from "node:assert/strict";
import fc from "fast-check";
import { cutParagraph, MAX_PARAGRAPH_LENGTH } from "../../../lib/article/steps/cut.ts";

const length = (text: string) => Array.from(text).length;

Deno.test("cutParagraph() does not split 5,000 characters", () => {
  const text = "😀".repeat(MAX_PARAGRAPH_LENGTH);
  assert.deepEqual(cutParagraph(text), [text]);
});

Deno.test("cutParagraph() splits after a sentence, including closing quotation marks", () => {
  const sentence = `他说：“${"汉".repeat(990)}。”`;
  const pieces = cutParagraph(sentence.repeat(12));
  assert.deepEqual(pieces.map((piece) => piece.length), [4_980, 4_980, 1_992]);
  assert.ok(pieces.every((piece) => piece.endsWith("。”")));
  assert.equal(pieces.join(""), sentence.repeat(12));
});

Deno.test("cutParagraph() treats a period before white space as the end of a sentence", () => {
  const text = `Version 1.5 is here. ${"word ".repeat(990)}3.14 ${"word ".repeat(500)}end.`;
  const [first = ""] = cutParagraph(text);
  assert.equal(first, "Version 1.5 is here.");
});

Deno.test("cutParagraph() splits after a clause or a word where no sentence ends, else anywhere", () => {
  assert.deepEqual(cutParagraph(`${"汉".repeat(4_000)}，${"字".repeat(3_000)}`).map(length), [
    4_001,
    3_000,
  ]);
  assert.deepEqual(cutParagraph(`${"a".repeat(4_999)} ${"b".repeat(10)}`).map(length), [4_999, 10]);
  assert.deepEqual(cutParagraph("汉".repeat(12_000)).map(length), [5_000, 5_000, 2_000]);
  assert.deepEqual(cutParagraph("a" + "😀".repeat(5_000)).map(length), [5_000, 1]);
});

Deno.test("cutParagraph() only drops white space, for any text", () => {
  const piece = fc.constantFrom("汉字", "。", "！”", "，", " ", "word", ". ", "😀", "3.14", "……");
  const text = fc.array(piece, { minLength: 2_000, maxLength: 6_000 }).map((all) => all.join(""));
  fc.assert(
    fc.property(text, (text) => {
      const pieces = cutParagraph(text.trim());
      assert.equal(pieces.join("").replaceAll(" ", ""), text.replaceAll(" ", ""));
      assert.ok(pieces.every((one) => one !== "" && length(one) <= MAX_PARAGRAPH_LENGTH));
    }),
    { numRuns: 30 },
  );
});
