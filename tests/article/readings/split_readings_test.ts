import assert from "node:assert/strict";
import * as fc from "fast-check";
import { annotate } from "../../../lib/article/readings/annotate.ts";
import { splitReadings } from "../../../lib/article/readings/split_readings.ts";

const joined = (annotated: string, source?: string) =>
  splitReadings(annotated, source).map(({ text, reading }) =>
    reading === null ? text : `${text}(${reading})`
  ).join("");
const ANY = fc.string({
  unit: fc.constantFrom("汉", "绿", "乐", "(", ")", "le", "a", "𪚥", "。", "\ufe00"),
});

Deno.test("splitReadings() splits characters with readings from the rest", () => {
  assert.deepEqual(splitReadings("A 汉(han)字(zi)!"), [
    { text: "A ", reading: null },
    { text: "汉", reading: "han" },
    { text: "字", reading: "zi" },
    { text: "!", reading: null },
  ]);
  assert.deepEqual(splitReadings(""), []);
});

Deno.test("splitReadings() parses every style", () => {
  assert.deepEqual(splitReadings("绿(lǜ)"), [{ text: "绿", reading: "lǜ" }]);
  assert.deepEqual(splitReadings("绿(lv4)"), [{ text: "绿", reading: "lv4" }]);
});

Deno.test("splitReadings() distinguishes brackets in the source from readings", () => {
  assert.deepEqual(splitReadings("乐(le)(le)", "乐(le)"), [
    { text: "乐", reading: "le" },
    { text: "(le)", reading: null },
  ]);
  assert.deepEqual(splitReadings("乐(le)", "乐(le)"), [{ text: "乐(le)", reading: null }]);
  assert.deepEqual(splitReadings("𪚥(le)", "𪚥(le)"), [{ text: "𪚥(le)", reading: null }]);
});

Deno.test("splitReadings() recovers each character's reading, whatever brackets the source contains", () => {
  fc.assert(fc.property(ANY, (source) => {
    const stretches = splitReadings(annotate(source), source);
    assert.equal(stretches.map(({ text }) => text).join(""), source);
  }));
});

Deno.test("splitReadings() is lossless, with or without the source", () => {
  fc.assert(fc.property(ANY, (source) => {
    const annotated = annotate(source);
    assert.equal(joined(annotated), annotated);
    assert.equal(joined(annotated, source), annotated);
    assert.equal(joined(source, source), source);
  }));
});
