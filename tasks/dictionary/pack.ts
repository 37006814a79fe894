import { Buffer } from "node:buffer";
import { brotliCompressSync, constants } from "node:zlib";
import { COST_STEP, SECTIONS } from "../../lib/article/readings/unpack_dictionary.ts";
import type { SelectedWord } from "./select.ts";
import type { Sources } from "./dictionary_sources.ts";

export interface DictionaryContent
  extends Pick<Sources, "characters" | "counts" | "folds" | "total"> {
  words: SelectedWord[];
}

/** Packs a dictionary; `unpackDictionary` is the inverse. Returns base64 and the size before it. */
export function packDictionary(content: DictionaryContent): { packed: string; bytes: number } {
  const { characters, folds, counts, words, total } = content;
  const syllables = countedFirst([
    ...characters.values(),
    ...words.flatMap(({ readings }) => readings ?? []),
  ]);
  const syllableIds = new Map(syllables.map((syllable, at) => [syllable, at + 1]));
  const known = [...characters].sort(([one], [other]) => one < other ? -1 : 1);
  const alphabet = countedFirst([...words.flatMap(({ text }) => text.split("")), ...counts.keys()]);
  const ranks = new Map(alphabet.map((unit, rank) => [unit, rank]));

  const sorted = words.map((word) => ({
    ...word,
    ranks: word.text.split("").map((unit) => ranks.get(unit)!),
  }))
    .sort((one, other) => compareRanks(one.ranks, other.ranks));
  const lengths: number[] = [];
  const letters: number[] = [];
  const costs: number[] = [];
  const exceptions: number[] = [];
  let before: number[] = [];
  for (const { text, readings, count, ranks } of sorted) {
    let shared = 0;
    while (shared < before.length && before[shared] === ranks[shared]) shared++;
    lengths.push(shared << 4 | ranks.length - shared);
    letters.push(...ranks.slice(shared));
    costs.push(cost(count, total));
    before = ranks;
    const changed = (readings ?? []).flatMap((reading, at) =>
      reading === characters.get(text[at]!) ? [] : [at << 12 | syllableIds.get(reading)!]
    );
    exceptions.push(changed.length, ...changed);
  }

  const sections: Record<(typeof SECTIONS)[number], Uint8Array> = {
    syllables: utf8(syllables.join(" ")),
    characters: utf8(known.map(([character]) => character).join("")),
    characterReadings: halves(known.map(([, reading]) => syllableIds.get(reading)!)),
    folds: utf8([...folds].flat().join("")),
    alphabet: utf8(alphabet.join("")),
    aloneCosts: new Uint8Array(alphabet.map((unit) => cost(counts.get(unit) ?? 1, total))),
    lengths: new Uint8Array(lengths),
    letters: halves(letters),
    costs: new Uint8Array(costs),
    exceptions: halves(exceptions),
  };
  const parts = SECTIONS.flatMap((name) => {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, sections[name].length);
    return [size, sections[name]];
  });
  const bytes = brotliCompressSync(Buffer.concat(parts), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 },
  });
  return { packed: bytes.toString("base64"), bytes: bytes.length };
}

/** The quantized negative log probability of a word. */
function cost(count: number, total: number): number {
  return Math.min(255, Math.max(0, Math.round(Math.log(total / Math.max(count, 1)) / COST_STEP)));
}

function countedFirst(items: string[]): string[] {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([item]) => item);
}

function compareRanks(one: number[], other: number[]): number {
  for (let at = 0; at < one.length && at < other.length; at++) {
    if (one[at] !== other[at]) return one[at]! - other[at]!;
  }
  return one.length - other.length;
}

/** Encodes 16-bit numbers with all high bytes before all low bytes, which compresses better. */
function halves(numbers: number[]): Uint8Array {
  return new Uint8Array([...numbers.map((one) => one >> 8), ...numbers.map((one) => one & 0xff)]);
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
