// The data of pinyin-pro without its code: its own search is not even loaded (see segmentation.ts).
import characters from "pinyin-pro/dist/esm/data/dict1.mjs";
import { PatternsNormal as patterns } from "pinyin-pro/dist/esm/data/patterns.mjs";

/** A word in which characters are read differently than they mostly are. */
export interface Word {
  text: string;
  /** One reading a character. */
  readings: string[];
  /** How likely it is beside other words that it overlaps. */
  probability: number;
}

// pinyin-pro has no types for its data; a test compares what comes of it with pinyin-pro itself.
interface CharacterData {
  /** Readings, the commonest first, by character code. */
  NumberDICT: (string | undefined)[];
  /** The same for astral characters. */
  StringDICT: Map<string, string>;
}
interface Pattern {
  zh: string;
  pinyin: string;
  probability: number;
  priority: number;
}
const { NumberDICT, StringDICT }: CharacterData = characters;
const PATTERNS: Pattern[] = patterns;
/** Surnames have a higher one, and are no words of running text. */
const WORD_PRIORITY = 1;

/** Every character that has a reading, with the commonest one. */
export function characterReadings(): Map<string, string> {
  const readings = new Map<string, string>();
  const add = (character: string, all: string) =>
    readings.set(character, withoutTone(all.split(" ", 1)[0] ?? all));
  NumberDICT.forEach((all, code) => all && add(String.fromCharCode(code), all));
  StringDICT.forEach((all, character) => add(character, all));
  return readings;
}

/** The words, each once: of two that are written alike the likelier, or else the later. */
export function contextWords(): Word[] {
  const words = new Map<string, Word>();
  for (const { zh: text, pinyin, probability, priority } of PATTERNS) {
    if (priority !== WORD_PRIORITY) continue;
    if (probability < (words.get(text)?.probability ?? 0)) continue;
    words.set(text, { text, readings: pinyin.split(" ").map(withoutTone), probability });
  }
  return [...words.values()];
}

/** Macron, acute, caron and grave; not the circumflex of ê. */
const TONES = /[\u0304\u0301\u030c\u0300]/g;
const plainSyllables = new Map<string, string>();

/** `lǜ` → `lv`. There are far fewer syllables than characters, so each is worked out once. */
function withoutTone(syllable: string): string {
  let plain = plainSyllables.get(syllable);
  if (plain === undefined) {
    plain = syllable.normalize("NFD").replaceAll("u\u0308", "v").replace(TONES, "").normalize();
    plainSyllables.set(syllable, plain);
  }
  return plain;
}
