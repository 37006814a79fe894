import { readableLength } from "../readable_length.ts";
import type { Paragraph } from "../paragraph.ts";
import type { ArticleSettings } from "../article_settings.ts";

/** Dropped because it has fewer characters than the setting requires. */
export interface TooShort {
  kind: "too_short";
  count: number;
  least: number;
}

/** The share of the minimum that a whole Chinese sentence needs: three Han characters say as much as five letters. */
const HAN_SHARE = 0.6;
/** The minimum length of a kept complete Chinese sentence, for any setting. */
const LEAST_SENTENCE = 12;
/** The least Han characters in a Chinese sentence: alphabetic names in it are long. */
const LEAST_HAN = 4;
const SENTENCE_END = /[。．！？!?…｡][”’」』）》】\])"']*$|\p{Script=Han}\.$/u;
const LETTERS = /\p{L}/gu;
const HAN = /\p{Script=Han}/gu;

/**
 * Drops paragraphs below the minimum length: headings, captions, signatures. A whole Chinese sentence needs
 * three fifths of the minimum, and at least twelve characters.
 */
export function dropShort({ text }: Paragraph, settings: ArticleSettings): TooShort | null {
  const least = settings.min_paragraph_length;
  const count = readableLength(text, least);
  if (count >= least) return null;
  const enough = Math.max(LEAST_SENTENCE, least * HAN_SHARE);
  if (count >= enough && isChineseSentence(text)) return null;
  return { kind: "too_short", count, least };
}

function isChineseSentence(text: string): boolean {
  if (!SENTENCE_END.test(text)) return false;
  const letters = text.match(LETTERS)?.length ?? 0;
  const han = text.match(HAN)?.length ?? 0;
  return han >= LEAST_HAN && han * 3 >= letters;
}
