import type { Paragraph } from "../paragraph.ts";
import { readableLength } from "../readable_length.ts";
import type { ArticleSettings } from "../article_settings.ts";
import { findPhrases, type FoundPhrase } from "./find_phrase.ts";
import { countSigns } from "./advertising_signs.ts";

/** Dropped as advertising because of `phrase`, as written in the paragraph. */
export interface Advertising {
  kind: "advertising";
  phrase: string;
}

/** In a paragraph of up to this many characters, one phrase is decisive. */
const SHORT = 40;
/** In longer ones, the number of signs must grow in proportion. */
const LONG = 120;
/** Words that prose uses as often as advertising: they count only as a label or as the whole paragraph. */
const COMMON_WORDS: ReadonlySet<string> = new Set(
  "广告 推广 赞助 软文 促销 优惠 ad ads advertisement advertising promotion sponsored".split(" "),
);
const SHORT_FOR_COMMON_WORD = 10;

const OPENING = /^[\s【\[［（(「『〔<《*#·—-]*$/;
const LABEL_END = /^(?:\s*[】\]］）)」』〕>》:：|｜丨*]|\s+[-–—]\s)/;
const BEFORE_LAST_LABEL = /[【\[［（(〔]\s*$/;
const AFTER_LAST_LABEL = /^\s*[】\]］）)〕]\s*$/;
const MARKS = /^[\s\p{P}\p{S}]*$/u;

/**
 * Drops advertising: paragraphs that are labeled so, that have two signs of it, or one phrase and little
 * else. Prose may be about advertising, so signs of addressing the reader must outnumber narrative ones.
 */
export function dropAdvertising(
  { text }: Paragraph,
  { advertising_phrases: phrases }: ArticleSettings,
): Advertising | null {
  const found = findPhrases(text, phrases);
  if (found.length === 0) return null;
  const phrase = found.find((one) => isLabel(text, one)) ??
    (isAdvertising(text, found) ? found.find(isTelling) ?? found[0] : undefined);
  return phrase === undefined ? null : { kind: "advertising", phrase: phrase.text };
}

/** Matches `【广告】…`, `广告：…`, `…（广告）`, or just the phrase. */
function isLabel(text: string, { start, end }: FoundPhrase): boolean {
  const before = text.slice(Math.max(0, start - 8), start);
  const after = text.slice(end, end + 8);
  if (start < 8 && OPENING.test(before) && LABEL_END.test(after)) return true;
  if (BEFORE_LAST_LABEL.test(before) && end + 8 >= text.length && AFTER_LAST_LABEL.test(after)) {
    return true;
  }
  return start < 8 && MARKS.test(before) && end + 8 >= text.length && MARKS.test(after);
}

function isTelling({ phrase }: FoundPhrase): boolean {
  return !COMMON_WORDS.has(phrase);
}

function isAdvertising(text: string, found: readonly FoundPhrase[]): boolean {
  const phrases = new Set(
    found.map(({ phrase }) => phrase).filter((one) => !COMMON_WORDS.has(one)),
  );
  const length = readableLength(text, LONG + 1);
  if (phrases.size === 0) return length <= SHORT_FOR_COMMON_WORD;
  const { addressing, luring, telling } = countSigns(text);
  if (telling > 0) return addressing > 0 && phrases.size + addressing > 2 * telling;
  if (length > LONG) return phrases.size + addressing >= 3;
  return length <= SHORT || phrases.size + addressing + luring >= 2;
}
