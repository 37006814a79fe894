import traditionalCharacters from "opencc-js/dict/TSCharacters";
import characterData from "pinyin-pro/dist/esm/data/dict1.mjs";
import { parseMarkedWord } from "../../lib/article/readings/marked_word.ts";

/** A word with a syllable for each code unit, and its frequency. */
export interface SourceWord {
  readings: string[];
  count: number;
}

/** The sources of the dictionary. */
export interface Sources {
  /** The default reading of each character. */
  characters: Map<string, string>;
  /** The frequency of each character as a word. */
  counts: Map<string, number>;
  /** Traditional and other variants, mapped to the characters that they are looked up as. */
  folds: Map<string, string>;
  words: Map<string, SourceWord>;
  /** The sum of all frequencies. */
  total: number;
}

/** @pinyin-pro/data contains jieba's counts in units of 10⁻¹². */
const COUNT_UNIT = 1e-12;
/** The frequency of words in this project's list that jieba lacks. */
const OWN_COUNT = 300;
/** Variants that are separate words in simplified text, or have other readings. */
const NOT_FOLDED = new Set("乾著藉沈覆閤朮");
/** Written with their default tone, as the orthography of pinyin requires. */
const NO_SANDHI: Record<string, string> = { 一: "yī", 不: "bù" };
/** Blocks of characters with a Unicode compatibility mapping to others. */
const COMPATIBILITY = [[0x2e80, 0x2fdf], [0xf900, 0xfaff]] as const;

/** Reads the packages and this project's lists. */
export async function readSources(): Promise<Sources> {
  const folds = readFolds();
  const characters = new Map<string, string>();
  const { NumberDICT, StringDICT }: {
    NumberDICT: (string | undefined)[];
    StringDICT: Map<string, string>;
  } = characterData;
  const add = (all: string, character: string) => characters.set(character, all.split(" ")[0]!);
  NumberDICT.forEach((all, code) => all && add(all, String.fromCharCode(code)));
  StringDICT.forEach((all, character) => add(all, character));
  for (const [variant, plain] of folds) {
    const reading = characters.get(plain);
    const own = NumberDICT[variant.charCodeAt(0)];
    if (reading && (own === undefined || own.includes(" "))) characters.set(variant, reading);
  }
  for (const { text, readings } of await readList("characters.txt")) {
    characters.set(text, readings[0]!);
  }

  const counts = new Map<string, number>();
  const words = new Map<string, SourceWord>();
  let total = 0;
  for (const [text, [pinyin, share]] of await readCompleteWords()) {
    const count = Math.round(share / COUNT_UNIT);
    total += count;
    const readings = pinyin.split(" ").map((reading, at) => NO_SANDHI[text[at]!] ?? reading);
    if (text.length === 1) counts.set(text, count);
    else if (readings.length === text.length) {
      const folded = fold(text, folds);
      if (folded === text || !words.has(folded)) words.set(folded, { readings, count });
    }
  }
  for (const { text, readings, count, isRemoved } of await readList("words.txt")) {
    if (isRemoved) {
      words.delete(text);
      continue;
    }
    const known = words.get(text);
    const usual = known?.readings ?? readByWords(text, words, characters);
    const filled = readings.map((reading, at) => reading ?? usual[at]!);
    words.set(text, { readings: filled, count: count ?? known?.count ?? OWN_COUNT });
  }
  // Taiwan writes 著 for 着.
  for (const [text, word] of words) {
    const variant = text.replaceAll("着", "著");
    if (variant !== text && !words.has(variant)) words.set(variant, word);
  }
  return { characters, counts, folds, words, total };
}

function readFolds(): Map<string, string> {
  const folds = new Map<string, string>();
  for (const pair of traditionalCharacters.split("|")) {
    const [from = "", to = ""] = pair.split(" ");
    if (from.length === 1 && to.length === 1 && from !== to && !NOT_FOLDED.has(from)) {
      folds.set(from, to);
    }
  }
  for (const [first, last] of COMPATIBILITY) {
    for (let code = first; code <= last; code++) {
      const from = String.fromCharCode(code);
      const plain = from.normalize("NFKC");
      if (plain !== from && plain.length === 1) folds.set(from, folds.get(plain) ?? plain);
    }
  }
  return folds;
}

/** The large dictionary of @pinyin-pro/data, imported by name so that its 17 MB are not type-checked. */
async function readCompleteWords(): Promise<[string, [string, number]][]> {
  const name = "@pinyin-pro/data/complete.json";
  const { default: words } = await import(name, { with: { type: "json" } });
  return Object.entries(words);
}

/** A list has one marked word per line, with an optional count; a minus sign before a word removes it. */
async function readList(name: string) {
  const text = await Deno.readTextFile(new URL(name, import.meta.url));
  return text.split("\n").flatMap((line) => {
    const [word = "", count] = line.replace(/#.*/, "").trim().split(/\s+/);
    if (word === "") return [];
    const parsed = parseMarkedWord(word.replace(/^-/, ""));
    if (parsed === null) throw new Error(`Cannot read ${name}: "${line}" is not a marked word`);
    return [{
      ...parsed,
      count: count === undefined ? undefined : Number(count),
      isRemoved: word.startsWith("-"),
    }];
  });
}

/** Reads a text that is not a word by greedy longest match from the left. */
function readByWords(
  text: string,
  words: Map<string, SourceWord>,
  characters: Map<string, string>,
): string[] {
  const readings: string[] = [];
  for (let start = 0; start < text.length;) {
    let end = text.length;
    while (end > start + 1 && !words.has(text.slice(start, end))) end--;
    const word = words.get(text.slice(start, end));
    readings.push(...word?.readings ?? [characters.get(text[start]!) ?? ""]);
    start = end;
  }
  return readings;
}

function fold(text: string, folds: Map<string, string>): string {
  return Array.from({ length: text.length }, (_, at) => folds.get(text[at]!) ?? text[at]!).join("");
}
