import { toneMarked } from "./syllables.ts";

/** A word with explicit readings for some of its characters. */
export interface MarkedWord {
  text: string;
  /** By code unit, a syllable with its tone mark, or null for the default reading. */
  readings: (string | null)[];
}

const CHARACTER = /(\p{Script=Han}|[^()\s])(?:\(([a-zü]+[0-5]?)\))?/gu;

/**
 * Parses a word in the notation `银行(hang2)` or `重(chong)庆`: a reading in brackets after a character, with
 * an optional tone number. Returns null for anything else.
 */
export function parseMarkedWord(marked: string): MarkedWord | null {
  let text = "";
  let end = 0;
  const readings: (string | null)[] = [];
  for (const { index, 0: whole, 1: character = "", 2: reading } of marked.matchAll(CHARACTER)) {
    if (index !== end) return null;
    end = index + whole.length;
    text += character;
    readings.push(reading === undefined ? null : toneMarked(reading));
  }
  return end === marked.length && text !== "" ? { text, readings } : null;
}
