import type { Lexicon } from "./lexicon.ts";
import { type Rule, RULES } from "./rules.ts";

/** Finds readings of characters outside of words. */
export interface Rules {
  /** Whether there are rules for a letter of the lexicon. */
  has(letter: number): boolean;
  /** Returns the syllable id that a rule assigns to the character at `at` of a simplified text, or 0. */
  apply(simplified: string, at: number, letter: number): number;
}

/** Compiles each rule to a sticky pattern, which matches at a given position. */
export function compileRules(
  { syllables, letters }: Pick<Lexicon, "syllables" | "letters">,
): Rules {
  const rulesByLetter: { pattern: RegExp; id: number }[][] = [];
  const isRuled = new Uint8Array(0x10000);
  for (const rule of RULES) {
    const letter = letters[rule.character.charCodeAt(0)]!;
    const id = syllables.indexOf(rule.reading);
    if (letter === 0 || id < 0) throw new Error(`Cannot apply the rule for ${rule.character}`);
    isRuled[letter] = 1;
    (rulesByLetter[letter] ??= []).push({ pattern: patternOf(rule), id });
  }
  return {
    has: (letter) => isRuled[letter] === 1,
    apply(simplified, at, letter) {
      for (const { pattern, id } of rulesByLetter[letter]!) {
        pattern.lastIndex = at;
        if (pattern.test(simplified)) return id;
      }
      return 0;
    },
  };
}

function patternOf({ character, before, after }: Rule): RegExp {
  const behind = before === undefined ? "" : `(?<=${before.source})`;
  const ahead = after === undefined ? "" : `(?=${after.source})`;
  return new RegExp(behind + character + ahead, "uy");
}
