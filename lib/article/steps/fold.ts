import { dictionary } from "../readings/dictionary.ts";

/** The value of skipped code units: invisible ones and accents. */
export const SKIPPED = 0;

const UNSEEN = /^[\p{M}\p{Cf}\p{Cc}\u3164]$/u;
/** Han characters, and letters and digits of full width. */
const LETTERS = /[\u3400-\u9fff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]/g;
const folds = new Uint16Array(0x10000);
const isKnown = new Uint8Array(0x10000);

/**
 * Returns the folded form of a UTF-16 code unit: compatibility form (full-width letters become letters), lower
 * case, without accents, simplified; white space becomes a space, invisible units `SKIPPED`.
 */
export function foldUnit(unit: number): number {
  if (isKnown[unit] === 0) {
    isKnown[unit] = 1;
    folds[unit] = fold(String.fromCharCode(unit));
  }
  return folds[unit]!;
}

/** Folds a phrase for comparison with texts. */
export function foldPhrase(phrase: string): number[] {
  return Array.from(phrase.normalize("NFKC").trim().replace(/\s+/g, " "))
    .flatMap((character) => character.split("").map((unit) => foldUnit(unit.charCodeAt(0))))
    .filter((unit) => unit !== SKIPPED);
}

/** Folds the letters of a text, but keeps accents, punctuation and white space. */
export function foldLetters(text: string): string {
  return text.replace(LETTERS, (letter) => String.fromCharCode(foldUnit(letter.charCodeAt(0))));
}

function fold(character: string): number {
  if (!character.isWellFormed()) return character.charCodeAt(0);
  if (/\s/.test(character)) return 0x20;
  if (UNSEEN.test(character)) return SKIPPED;
  const compatible = character.normalize("NFKC");
  if (compatible.length !== 1) return character.charCodeAt(0);
  const base = compatible.toLowerCase().normalize("NFD").charCodeAt(0);
  return dictionary.folds[base]!;
}
