import { isLowHalf } from "./characters.ts";
import { characterReadings, contextWords } from "./dictionary.ts";
import { createSegmenter } from "./segmentation.ts";

/** 了, which after nothing that has a reading is read in full. */
const PARTICLE = "了";
const PARTICLE_ALONE = "liao";
/** 々, which repeats the character before it, and has a name where there is none. */
const REPEAT_MARK = "々";
const REPEAT_MARK_ALONE = "tong";

const readings = characterReadings();
const wordsOf = createSegmenter(
  contextWords().map((word) => ({
    ...word,
    annotated: Array.from(word.text, (character, at) => withReading(character, word.readings[at]!))
      .join(""),
  })),
);

/** What becomes of a lone code unit, by the unit; "" where that takes a closer look. */
const annotatedUnits = Array.from({ length: 0x10000 }, (_, unit) => {
  const character = String.fromCharCode(unit);
  const special = character === PARTICLE || character === REPEAT_MARK || !character.isWellFormed();
  return special ? "" : withReading(character, readings.get(character));
});

/**
 * Puts its reading behind each Han character: `汉(han)字(zi)`, without tone, with `v` for ü, after the
 * context (`银(yin)行(hang)`, but `行(xing)人(ren)`); the readings are pinyin-pro's. A Han character
 * whose reading is not known, and every other character, stays as it is.
 */
export function annotate(paragraph: string): string {
  const words = wordsOf(paragraph);
  let annotated = "";
  for (let at = 0; at < paragraph.length;) {
    const word = words[at];
    if (word) {
      annotated += word.annotated;
      at += word.text.length;
      continue;
    }
    const unit = annotatedUnits[paragraph.charCodeAt(at)]!;
    if (unit !== "") {
      annotated += unit;
      at++;
      continue;
    }
    const character = characterAt(paragraph, at);
    annotated += withReading(character, specialReading(character, characterBefore(paragraph, at)));
    at += character.length;
  }
  return annotated;
}

function specialReading(character: string, before: string): string | undefined {
  switch (character) {
    case PARTICLE:
      return readings.has(before) ? readings.get(PARTICLE) : PARTICLE_ALONE;
    case REPEAT_MARK:
      return readings.get(before) ?? REPEAT_MARK_ALONE;
    default:
      return readings.get(character);
  }
}

function withReading(character: string, reading: string | undefined): string {
  return reading === undefined ? character : `${character}(${reading})`;
}

function characterAt(text: string, at: number): string {
  return text.slice(at, isLowHalf(text, at + 1) ? at + 2 : at + 1);
}

/** The character that ends before `at`; empty at the start. */
function characterBefore(text: string, at: number): string {
  return text.slice(isLowHalf(text, at - 1) ? at - 2 : Math.max(at - 1, 0), at);
}
