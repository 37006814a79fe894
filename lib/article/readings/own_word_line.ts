import type { LineFault } from "../setting_spec.ts";
import { PINYIN_SYLLABLES } from "./pinyin_syllables.ts";

/** Syntax of an operator's word: marked, such as `银行(hang)`, or a minus and a word to be ignored. */
export const OWN_WORD_LINE = /^(?:-\p{Script=Han}+|(?:\p{Script=Han}(?:\([a-zü]+[0-5]?\))?)+)$/u;

/** The word of a line, without its readings and the minus. */
export function textOfOwnWord(line: string): string {
  return line.replace(/^-|\([^)]*\)/g, "");
}

/** Returns the first reading that is not a syllable of pinyin. */
export function findUnknownSyllable(lines: readonly string[]): LineFault | null {
  for (const [line, text] of lines.entries()) {
    for (const [, syllable = ""] of text.matchAll(/\(([^)]*)\)/g)) {
      const plain = syllable.replace(/[0-5]$/, "").replaceAll("ü", "v");
      if (!PINYIN_SYLLABLES.has(plain)) return { kind: "syllable", line, syllable };
    }
  }
  return null;
}
