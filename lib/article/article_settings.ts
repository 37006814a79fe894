import { ADVERTISING_PHRASES } from "./advertising_phrases.ts";
import { findUnknownSyllable, OWN_WORD_LINE, textOfOwnWord } from "./readings/own_word_line.ts";
import { groupOf } from "./readings/group_line.ts";
import { defaultsOf, type LineFault, type SettingSpec, type ValuesOf } from "./setting_spec.ts";

/** Returns the first line that differs from an earlier one with the same key. */
function findContradiction(
  lines: readonly string[],
  keyOf: (line: string) => string,
): LineFault | null {
  const earlier = new Map<string, number>();
  for (const [line, text] of lines.entries()) {
    const first = earlier.get(keyOf(text));
    if (first !== undefined && lines[first] !== text) {
      return { kind: "contradiction", line, earlier: first };
    }
    earlier.set(keyOf(text), first ?? line);
  }
  return null;
}

/** The settings that affect an article's result. Each is read by a step of the pipeline. */
export const ARTICLE_SETTINGS = {
  /** Whether to extract the article from a whole web page. */
  extraction: { kind: "choice", options: ["auto", "off"], default: "auto" },
  /** The minimum length of a kept paragraph, in characters as a reader counts them. */
  min_paragraph_length: { kind: "number", least: 1, most: 500, default: 20 },
  /** Advertising phrases. A paragraph that is labeled so, is short, or has several is dropped. */
  advertising_phrases: { kind: "lines", most: 1_000, longest: 100, default: ADVERTISING_PHRASES },
  /** The style of readings: without tones, with tone marks or numbers, or none. */
  reading_style: {
    kind: "choice",
    options: ["plain", "marks", "numbers", "none"],
    default: "plain",
  },
  /** Groups with a different style; each line has a group's number and its style. */
  reading_styles_by_group: {
    kind: "lines",
    most: 1_000,
    longest: 30,
    form: { pattern: /^\d{1,9} (?:plain|marks|numbers|none)$/, examples: "2 none, 15 marks" },
    findFault: (lines) => findContradiction(lines, groupOf),
    default: [],
  },
  /** Words with an operator's readings, and words to ignore. */
  reading_words: {
    kind: "lines",
    most: 1_000,
    longest: 100,
    form: { pattern: OWN_WORD_LINE, examples: "行(hang)业, 行(hang2)业, -大城" },
    findFault: (lines) => findUnknownSyllable(lines) ?? findContradiction(lines, textOfOwnWord),
    default: [],
  },
} as const satisfies Record<string, SettingSpec>;

export type ArticleSettings = ValuesOf<typeof ARTICLE_SETTINGS>;

/** The defaults. */
export const DEFAULT_ARTICLE_SETTINGS: Readonly<ArticleSettings> = defaultsOf(ARTICLE_SETTINGS);
