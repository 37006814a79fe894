import assert from "node:assert/strict";
import { annotate } from "../../lib/article/pinyin.ts";
import { splitReadings } from "../../lib/article/readings.ts";
import * as fc from "fast-check";

Deno.test("splitReadings() parts characters with readings from the rest", () => {
  assert.deepEqual(splitReadings("A 汉(han)字(zi)!"), [
    { text: "A ", reading: null },
    { text: "汉", reading: "han" },
    { text: "字", reading: "zi" },
    { text: "!", reading: null },
  ]);
  assert.deepEqual(splitReadings(""), []);
});

Deno.test("splitReadings() loses nothing of an annotated text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("汉", "绿", "(", ")", "a", "𠮷", "。") }),
      (text) => {
        const annotated = annotate(text);
        const joined = splitReadings(annotated).map(({ text, reading }) =>
          reading === null ? text : `${text}(${reading})`
        ).join("");
        assert.equal(joined, annotated);
      },
    ),
  );
});
