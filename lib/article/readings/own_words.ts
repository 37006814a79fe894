import { NO_EXCEPTION, VARIANT } from "./lexicon.ts";
import type { Lexicon } from "./lexicon.ts";
import { parseMarkedWord } from "./marked_word.ts";
import { createReader, readText } from "./reader.ts";
import { withoutTone } from "./syllables.ts";

/** The cost of an operator's own word: below that of any other segmentation. */
export const OWN_COST = 0;
/** The trie's letters have 13 bits. */
const MOST_LETTERS = 0x2000;

/**
 * A lexicon with an operator's own words, which win over all others, and without those that are
 * forbidden. A line that is neither, or whose syllable does not exist, is ignored.
 */
export function withOwnWords(lexicon: Lexicon, lines: readonly string[]): Lexicon {
  const forbidden = lines.filter((line) => line.startsWith("-")).map((line) => line.slice(1));
  const words = lines.filter((line) => !line.startsWith("-")).flatMap((line) => {
    const word = parseMarkedWord(line);
    return word === null ? [] : [word];
  });
  const size = words.reduce((sum, { text }) => sum + text.length, 0);
  const own: Lexicon = {
    ...lexicon,
    letters: lexicon.letters.slice(),
    trie: lexicon.trie.copy(size),
    costs: enlarge(lexicon.costs, size, Infinity),
    exceptionStarts: enlarge(lexicon.exceptionStarts, size, NO_EXCEPTION),
    exceptions: enlarge(lexicon.exceptions, size + words.length, 0),
    inWords: enlarge(lexicon.inWords, size, 0),
    aloneCosts: enlarge(lexicon.aloneCosts, size, lexicon.aloneCosts[0]!),
  };
  let nodes = lexicon.costs.length - 1;
  let letters = lexicon.inWords.length - 1;
  let exceptions = lexicon.exceptions.length;

  const letterOf = (unit: number): number => {
    const known = own.letters[unit]! & ~VARIANT;
    if (known !== 0 || letters + 1 === MOST_LETTERS) return known;
    own.inWords[++letters] = own.alone[unit]!;
    return own.letters[unit] = letters;
  };
  const find = (text: string, add: boolean): number => {
    let node = 0;
    for (let at = 0; at < text.length; at++) {
      const letter = letterOf(text.charCodeAt(at));
      if (letter === 0) return 0;
      const next = node === 0 ? own.trie.first(letter) : own.trie.next(node, letter);
      if (next === 0 && !add) return 0;
      node = next || (nodes++, own.trie.add(node, letter));
    }
    return node;
  };

  for (const text of forbidden) {
    const node = find(text, false);
    if (node !== 0) own.costs[node] = Infinity;
  }
  const usual = createReader(lexicon);
  for (const { text, readings } of words) {
    const before = readText(usual, text);
    const ids = readings.map((reading, at) =>
      reading === null ? before[at]! : syllableId(lexicon, reading)
    );
    const node = ids.includes(0) ? 0 : find(text, true);
    if (node === 0) continue;
    own.costs[node] = OWN_COST;
    own.exceptionStarts[node] = exceptions;
    own.exceptions.set([ids.length, ...ids.map((id, at) => at << 12 | id)], exceptions);
    exceptions += 1 + ids.length;
  }
  return own;
}

/** Returns a syllable's id; without a tone, that of its most frequent tone; 0 if unknown. */
function syllableId({ syllables }: Lexicon, syllable: string): number {
  const exact = syllables.indexOf(syllable);
  if (exact > 0 && syllable !== withoutTone(syllable)) return exact;
  const plain = withoutTone(syllable);
  return Math.max(0, syllables.findIndex((one) => withoutTone(one) === plain));
}

function enlarge<Numbers extends Float32Array | Int32Array | Uint16Array>(
  numbers: Numbers,
  more: number,
  filler: number,
): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(
    numbers.length + more,
  );
  larger.fill(filler);
  larger.set(numbers);
  return larger;
}
