import assert from "node:assert/strict";
import fc from "fast-check";
import { annotate, lexiconFor } from "../../../lib/article/readings/annotate.ts";
import { OWN_WORD_LINE } from "../../../lib/article/readings/own_word_line.ts";
import { whyRead } from "../../../lib/article/readings/why_read.ts";

Deno.test("annotate() prefers the reading of an operator's own word", () => {
  const words = ["行(xing)业", "业银行(xing)"];
  assert.equal(annotate("行业", "plain", words), "行(xing)业(ye)");
  assert.equal(annotate("行业", "plain"), "行(hang)业(ye)");
});

Deno.test("annotate() accepts syllables with or without tones, and matches words in traditional text", () => {
  assert.equal(annotate("銀行", "numbers", ["银行(xing2)"]), "銀(yin2)行(xing2)");
  assert.equal(annotate("银行", "plain", ["银行(heng)"]), "银(yin)行(heng)");
});

Deno.test("annotate() does not match a forbidden word", () => {
  assert.equal(annotate("银行", "plain", ["-银行"]), "银(yin)行(xing)");
});

Deno.test("annotate() reads characters that only own words contain", () => {
  assert.equal(annotate("龘银", "plain", ["龘(da)银"]), "龘(da)银(yin)");
});

Deno.test("annotate() ignores a line that it cannot read", () => {
  for (const line of ["", "-", "银行(xyz)", "银(yin", "(hang)", "-没有这样的词"]) {
    assert.equal(annotate("银行", "plain", [line]), "银(yin)行(hang)");
  }
});

Deno.test("a line of an operator's words is a marked word, or a minus sign and a word", () => {
  for (const line of ["银行(hang)", "行(hang2)业", "绿(lü)", "-大城"]) {
    assert.match(line, OWN_WORD_LINE);
  }
  for (const line of ["", "-", "银行(hang", "(hang)", "bank", "-银行(hang)", "银 行"]) {
    assert.doesNotMatch(line, OWN_WORD_LINE);
  }
});

Deno.test("own words do not affect text without them", () => {
  const text = fc.string({ unit: fc.constantFrom(..."银行长了着重庆乐得地，a") });
  fc.assert(fc.property(text, (text) => {
    assert.equal(annotate(text, "plain", ["水(shui)车", "-沙龙"]), annotate(text));
  }));
});

Deno.test("whyRead() returns the word, the rule or the operator's word that determines a reading", () => {
  assert.deepEqual(whyRead(lexiconFor(["水车(ju1)"]), "银行的八十行的水车"), [
    { text: "银行", readings: ["yín", "háng"], source: "dictionary" },
    { text: "十行的", readings: ["háng"], source: "rule" },
    { text: "水车", readings: ["shuǐ", "jū"], source: "own_word" },
  ]);
});

Deno.test("whyRead() returns nothing for characters with their default reading", () => {
  assert.deepEqual(whyRead(lexiconFor([]), "河水，water"), []);
});
