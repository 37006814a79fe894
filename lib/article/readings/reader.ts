import { type Lexicon, NO_EXCEPTION } from "./lexicon.ts";
import { compileRules } from "./apply_rules.ts";
import { createSegmenter, type Words } from "./segment.ts";

/** Reads texts: first by words, then by rules for characters outside of words. */
export interface Reader {
  /** Finds the words of a text. */
  segment(text: string): Words;
  /** Reads the word that starts at `start` into `readings`, by code unit. */
  readWord(words: Words, start: number, readings: Uint16Array): void;
  /** Returns the syllable id of the character at `at`, which is outside of words. */
  readAlone(text: string, words: Words, at: number): number;
}

/** The iteration mark: read like the character before it. */
export const REPEAT_MARK = "々";

export function createReader(lexicon: Lexicon): Reader {
  const { alone, astral, folds, inWords, exceptions, exceptionStarts } = lexicon;
  const rules = compileRules(lexicon);
  let latest = { text: "", simplified: "" };

  /** Returns the simplified text for the rules; the latest is cached. */
  function simplified(text: string, hasVariants: boolean): string {
    if (!hasVariants) return text;
    if (text !== latest.text) {
      const units = Array.from({ length: text.length }, (_, at) => folds[text.charCodeAt(at)]!);
      latest = { text, simplified: units.map((unit) => String.fromCharCode(unit)).join("") };
    }
    return latest.simplified;
  }

  return {
    segment: createSegmenter(lexicon),
    readWord({ letters, words, ends }, start, readings) {
      const end = ends[start]!;
      for (let at = start; at < end; at++) readings[at] = inWords[letters[at]!]!;
      let exception = exceptionStarts[words[start]!]!;
      if (exception === NO_EXCEPTION) return;
      for (let left = exceptions[exception]!; left > 0; left--) {
        const packed = exceptions[++exception]!;
        readings[start + (packed >> 12)] = packed & 0xfff;
      }
    },
    readAlone(text, { letters, hasVariants }, at) {
      if (rules.has(letters[at]!)) {
        const ruled = rules.apply(simplified(text, hasVariants), at, letters[at]!);
        if (ruled !== 0) return ruled;
      }
      const unit = text.charCodeAt(at);
      if ((unit & 0xfc00) === 0xdc00) return astral.get(text.slice(at - 1, at + 1)) ?? 0;
      return alone[unit]!;
    },
  };
}

/** Reads a whole text: returns the syllable id of each code unit, 0 for none. */
export function readText({ segment, readWord, readAlone }: Reader, text: string): Uint16Array {
  const readings = new Uint16Array(text.length);
  const words = segment(text);
  for (let at = 0; at < text.length; at = words.ends[at]!) {
    if (words.words[at] !== 0) readWord(words, at, readings);
    else if (text[at] === REPEAT_MARK) readings[at] = readings[at - 1] ?? 0;
    else readings[at] = readAlone(text, words, at);
  }
  return readings;
}
