import { bareText } from "./bare_text.ts";
import type { Lexicon } from "./lexicon.ts";
import { OWN_COST } from "./own_words.ts";
import { createReader, type Reader, readText } from "./reader.ts";

/** An explanation of a reading. */
export interface ReadingReason {
  /** The word, or the character with the neighbors that a rule matched. */
  text: string;
  /** One per character, with tone marks. */
  readings: string[];
  source: "own_word" | "dictionary" | "rule";
}

/**
 * Returns the words and rules that change a character's default reading, and all own words, in order of
 * occurrence without duplicates.
 */
export function whyRead(lexicon: Lexicon, text: string): ReadingReason[] {
  const { bare } = bareText(text);
  const reader = readerOf(lexicon);
  const { alone, folds, costs, syllables } = lexicon;
  const readings = readText(reader, bare);
  const { words, ends } = reader.segment(bare);
  const reasons = new Map<string, ReadingReason>();
  for (let start = 0; start < bare.length; start = ends[start]!) {
    const end = ends[start]!;
    const word = words[start]!;
    const isOwn = word !== 0 && costs[word] === OWN_COST;
    const ids = readings.subarray(start, end);
    const differs = ids.some((id, at) => id !== alone[folds[bare.charCodeAt(start + at)]!]);
    if (!isOwn && !differs) continue;
    const [from, to] = word === 0 ? [Math.max(0, start - 1), end + 1] : [start, end];
    const shown = bare.slice(from, to);
    reasons.set(`${shown} ${ids.join()}`, {
      text: shown,
      readings: Array.from(ids, (id) => syllables[id]!),
      source: isOwn ? "own_word" : word === 0 ? "rule" : "dictionary",
    });
  }
  return [...reasons.values()];
}

const readers = new WeakMap<Lexicon, Reader>();

function readerOf(lexicon: Lexicon): Reader {
  let reader = readers.get(lexicon);
  if (reader === undefined) readers.set(lexicon, reader = createReader(lexicon));
  return reader;
}
