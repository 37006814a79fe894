import assert from "node:assert/strict";
import {
  toneMarked,
  withoutTone,
  withToneNumber,
} from "../../../lib/article/readings/syllables.ts";
import { dictionary } from "../../../lib/article/readings/dictionary.ts";
import { PINYIN_SYLLABLES } from "../../../lib/article/readings/pinyin_syllables.ts";
import { parseMarkedWord } from "../../../lib/article/readings/marked_word.ts";

Deno.test("toneMarked() puts the tone mark on the correct vowel", () => {
  const marked = ["hang2", "lv4", "liu2", "gui4", "dou1", "xue3", "er2", "le", "ma5", "nve4"];
  assert.deepEqual(
    marked.map(toneMarked),
    ["háng", "lǜ", "liú", "guì", "dōu", "xuě", "ér", "le", "ma", "nüè"],
  );
});

Deno.test("withoutTone() writes ü as v and keeps ê", () => {
  assert.deepEqual(["háng", "lǜ", "lüè", "ế"].map(withoutTone), ["hang", "lv", "lve", "ê"]);
});

Deno.test("withToneNumber() and toneMarked() are inverse on every syllable of the dictionary", () => {
  for (const syllable of dictionary.syllables.slice(1)) {
    assert.equal(toneMarked(withToneNumber(syllable)), syllable);
  }
});

Deno.test("parseMarkedWord() accepts only readings in brackets", () => {
  assert.deepEqual(parseMarkedWord("行(hang2)业"), { text: "行业", readings: ["háng", null] });
  for (const line of ["", "(hang)", "行(hang", "行((hang))", "行 业"]) {
    assert.equal(parseMarkedWord(line), null);
  }
});

Deno.test("the syllables that settings accept are those of the dictionary", () => {
  const known = new Set(dictionary.syllables.filter((one) => one !== "").map(withoutTone));
  assert.deepEqual([...PINYIN_SYLLABLES].sort(), [...known].sort());
});
