import { Buffer } from "node:buffer";
import { brotliDecompressSync } from "node:zlib";
import { type Lexicon, NO_EXCEPTION, VARIANT } from "./lexicon.ts";
import { createTrie } from "./trie.ts";

/** The parts of a packed dictionary, in order; each has a 32-bit length prefix. */
export const SECTIONS = [
  "syllables",
  "characters",
  "characterReadings",
  "folds",
  "alphabet",
  "aloneCosts",
  "lengths",
  "letters",
  "costs",
  "exceptions",
] as const;

/** The resolution of packed costs, in nats. */
export const COST_STEP = 0.1;
/** The cost of a character without a frequency. */
const UNKNOWN_COST = 18;

/** Makes a lexicon of what `packDictionary` made: brotli, in base64. */
export function unpackDictionary(packed: string): Lexicon {
  const sections = split(brotliDecompressSync(Buffer.from(packed, "base64")));
  const syllables = ["", ...text(sections.syllables).split(" ")];

  const alone = new Uint16Array(0x10000);
  const astral = new Map<string, number>();
  const readings = fromHalves(sections.characterReadings);
  let at = 0;
  for (const character of text(sections.characters)) {
    const reading = readings[at++]!;
    if (character.length === 1) alone[character.charCodeAt(0)] = reading;
    else astral.set(character, reading);
  }

  const folds = new Uint16Array(0x10000);
  for (let unit = 0; unit < folds.length; unit++) folds[unit] = unit;
  const pairs = text(sections.folds);
  for (let at = 0; at < pairs.length; at += 2) {
    folds[pairs.charCodeAt(at)] = pairs.charCodeAt(at + 1);
  }

  // Letters are numbered from 1; an unknown character is 0.
  const alphabet = text(sections.alphabet);
  const letters = new Uint16Array(0x10000);
  for (let rank = 0; rank < alphabet.length; rank++) letters[alphabet.charCodeAt(rank)] = rank + 1;
  const inWords = new Uint16Array(alphabet.length + 1);
  for (let unit = 0; unit < letters.length; unit++) inWords[letters[unit]!] = alone[unit]!;
  for (let unit = 0; unit < letters.length; unit++) {
    const fold = folds[unit]!;
    if (fold !== unit) letters[unit] = letters[fold]! | VARIANT;
  }
  const aloneCosts = Float32Array.from(
    [UNKNOWN_COST, ...sections.aloneCosts],
    (steps, letter) => letter === 0 ? steps : steps * COST_STEP,
  );
  return {
    syllables,
    alone,
    astral,
    folds,
    letters,
    inWords,
    aloneCosts,
    ...unpackWords(sections),
  };
}

/** Words are sorted and front-coded: the length of the shared prefix, then the remaining characters. */
function unpackWords(sections: Sections) {
  const letters = fromHalves(sections.letters);
  const exceptions = fromHalves(sections.exceptions);
  const trie = createTrie(letters.length);
  const costs = new Float32Array(letters.length + 1).fill(Infinity);
  const exceptionStarts = new Int32Array(letters.length + 1);
  const path: number[] = [0];
  let letter = 0;
  let exception = 0;
  for (let word = 0; word < sections.lengths.length; word++) {
    const packedLength = sections.lengths[word]!;
    let depth = packedLength >> 4;
    for (let left = packedLength & 15; left > 0; left--) {
      path[depth + 1] = trie.add(path[depth]!, letters[letter++]! + 1);
      depth++;
    }
    const node = path[depth]!;
    costs[node] = sections.costs[word]! * COST_STEP;
    exceptionStarts[node] = exceptions[exception] === 0 ? NO_EXCEPTION : exception;
    exception += 1 + exceptions[exception]!;
  }
  return { trie, costs, exceptionStarts, exceptions };
}

type Sections = Record<(typeof SECTIONS)[number], Uint8Array>;

function split(bytes: Uint8Array): Sections {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let end = 0;
  const next = () => {
    const start = end + 4;
    end = start + view.getUint32(end);
    return bytes.subarray(start, end);
  };
  return {
    syllables: next(),
    characters: next(),
    characterReadings: next(),
    folds: next(),
    alphabet: next(),
    aloneCosts: next(),
    lengths: next(),
    letters: next(),
    costs: next(),
    exceptions: next(),
  };
}

function fromHalves(bytes: Uint8Array): Uint16Array {
  const count = bytes.length / 2;
  const numbers = new Uint16Array(count);
  for (let at = 0; at < count; at++) numbers[at] = bytes[at]! << 8 | bytes[count + at]!;
  return numbers;
}

function text(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}
