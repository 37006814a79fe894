import { type Annotate, createAnnotator } from "./annotator.ts";
import { dictionary } from "./dictionary.ts";
import type { Lexicon } from "./lexicon.ts";
import { withOwnWords } from "./own_words.ts";
import type { SyllableStyle } from "./syllables.ts";

/** The style of readings: in brackets without tones, with tone marks or numbers, or none. */
export type ReadingStyle = SyllableStyle | "none";

/**
 * Adds its reading after each Han character, `汉(han)字(zi)`, depending on the context (`银(yin)行(hang)`,
 * but `行(xing)人(ren)`). Without tones, `v` represents ü. Han characters with unknown readings and all other
 * characters are unchanged, so the original text remains when the readings are removed.
 *
 * @param ownWords An operator's words (see `withOwnWords`); the dictionary for the latest list is cached.
 */
export function annotate(
  text: string,
  style: ReadingStyle = "plain",
  ownWords: readonly string[] = [],
): string {
  return style === "none" ? text : annotatorFor(ownWords)(text, style);
}

/** The dictionary with an operator's own words. */
export function lexiconFor(ownWords: readonly string[]): Lexicon {
  if (ownWords.length === 0) return dictionary;
  const key = ownWords.join("\n");
  if (latest?.key !== key) {
    const lexicon = withOwnWords(dictionary, ownWords);
    latest = { key, lexicon, annotator: createAnnotator(lexicon) };
  }
  return latest.lexicon;
}

const annotator = createAnnotator(dictionary);
let latest: { key: string; lexicon: Lexicon; annotator: Annotate } | null = null;

function annotatorFor(ownWords: readonly string[]): Annotate {
  return lexiconFor(ownWords) === dictionary ? annotator : latest?.annotator ?? annotator;
}
