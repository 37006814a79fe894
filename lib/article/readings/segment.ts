import { type Lexicon, VARIANT } from "./lexicon.ts";

/** The cheapest segmentation of a text. The arrays may be longer and are reused by the next call. */
export interface Words {
  /** By code unit, its letter in the trie. */
  letters: Uint16Array;
  /** By code unit, the node of the word that starts there; 0 for a character outside of words. */
  words: Int32Array;
  /** By code unit, the end of the word or character that starts there. */
  ends: Int32Array;
  /** Whether a character is a variant of another, so that words are not written as in the lexicon. */
  hasVariants: boolean;
}

/**
 * Returns a function that finds the cheapest segmentation of a text by a Viterbi search from the right, where
 * the cost of a path is the sum of its words' costs.
 */
export function createSegmenter(
  { letters, trie, costs, aloneCosts }: Pick<Lexicon, "letters" | "trie" | "costs" | "aloneCosts">,
): (text: string) => Words {
  let read = new Uint16Array(0);
  let totals = new Float64Array(0);
  let words = new Int32Array(0);
  let ends = new Int32Array(0);

  function makeRoom(length: number) {
    if (length < words.length) return;
    const size = 2 * length + 1;
    read = new Uint16Array(size);
    totals = new Float64Array(size);
    words = new Int32Array(size);
    ends = new Int32Array(size);
  }

  return (text) => {
    makeRoom(text.length);
    let seen = 0;
    totals[text.length] = 0;
    for (let start = text.length - 1; start >= 0; start--) {
      const marked = letters[text.charCodeAt(start)]!;
      const letter = marked & ~VARIANT;
      seen |= marked;
      read[start] = letter;
      let best = aloneCosts[letter]! + totals[start + 1]!;
      let word = 0;
      let wordEnd = start + 1;
      let node = letter === 0 ? 0 : trie.first(letter);
      for (let end = start + 1; node !== 0; end++) {
        const total = costs[node]! + totals[end]!;
        if (total < best) {
          best = total;
          word = node;
          wordEnd = end;
        }
        if (end === text.length) break;
        const following = read[end]!;
        if (following === 0) break;
        node = trie.next(node, following);
      }
      totals[start] = best;
      words[start] = word;
      ends[start] = wordEnd;
    }
    return { letters: read, words, ends, hasVariants: (seen & VARIANT) !== 0 };
  };
}
