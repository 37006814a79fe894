import assert from "node:assert/strict";
import { createSegmenter } from "../../lib/article/segmentation.ts";

const word = (text: string, probability = 1e-8) => ({ text, probability });

/** The words read from left to right, characters on their own included. */
function read(words: { text: string; probability: number }[], text: string): string[] {
  const chosen = createSegmenter(words)(text);
  const read: string[] = [];
  for (let at = 0; at < text.length; at += read.at(-1)!.length) {
    read.push(chosen[at]?.text ?? text[at]!);
  }
  return read;
}

Deno.test("a segmenter prefers a word to its characters", () => {
  assert.deepEqual(read([word("银行")], "去银行了"), ["去", "银行", "了"]);
});

Deno.test("a segmenter weighs overlapping words", () => {
  assert.deepEqual(read([word("外行", 1e-6), word("行人", 1e-8)], "外行人"), ["外行", "人"]);
  assert.deepEqual(read([word("外行", 1e-8), word("行人", 1e-6)], "外行人"), ["外", "行人"]);
});

Deno.test("a segmenter chooses one long word over two short ones", () => {
  assert.deepEqual(read([word("一会"), word("会儿"), word("一会儿")], "一会儿"), ["一会儿"]);
});

Deno.test("a segmenter finds words again in texts of any length, one after another", () => {
  const segment = createSegmenter([word("银行")]);
  for (const length of [0, 1, 50, 5_000, 3]) {
    const text = "我".repeat(length) + "银行";
    const chosen = segment(text);
    assert.equal(chosen[length]?.text, "银行");
    assert.ok(chosen.slice(0, length).every((one) => one === null));
    assert.equal(chosen[length + 2] ?? null, null);
  }
});
