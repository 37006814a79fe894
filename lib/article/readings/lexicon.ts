import type { Trie } from "./trie.ts";

/** The reader's lexicon of characters, variants and words. */
export interface Lexicon {
  /** Syllables with tone marks, by id; id 0 means no reading. */
  readonly syllables: readonly string[];
  /** By code unit, the syllable id of a character's default reading. */
  readonly alone: Uint16Array;
  /** Readings of astral characters. */
  readonly astral: ReadonlyMap<string, number>;
  /** By code unit, the character's normal form for lookups, such as the simplified form of a traditional one. */
  readonly folds: Uint16Array;
  /**
   * By code unit, its letter in the trie, with `VARIANT` if it is another character's letter; 0 for a character
   * that occurs in no word.
   */
  readonly letters: Uint16Array;
  /** By letter, the syllable id of a character in words without exceptions. */
  readonly inWords: Uint16Array;
  /** By letter, the cost of a character outside of words. */
  readonly aloneCosts: Float32Array;
  readonly trie: Trie;
  /** By node, the cost of the word that ends there: its negative log probability, or `Infinity`. */
  readonly costs: Float32Array;
  /** By node, the start of its word's exceptions, or `NO_EXCEPTION`. */
  readonly exceptionStarts: Int32Array;
  /**
   * Exceptions: readings in words that differ from the default. For each word a count, and that many pairs of
   * a position in the word (4 bits) and a syllable id (12 bits).
   */
  readonly exceptions: Uint16Array;
}

/** A flag on the letter of a character that is a variant of another. */
export const VARIANT = 0x8000;

/** The value for a word in which all characters have their default readings. */
export const NO_EXCEPTION = -1;
