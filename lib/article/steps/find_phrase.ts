import { foldPhrase, foldUnit, SKIPPED } from "./fold.ts";

/** An occurrence of a phrase in a text. */
export interface FoundPhrase {
  /** As written in the text. */
  text: string;
  start: number;
  end: number;
  /** The phrase's index in the list. */
  phrase: string;
}

interface TrieNode {
  next: Map<number, TrieNode>;
  /** The phrase that ends at this node. */
  phrase: string | null;
}

const SPACE = 0x20;
/** From this code point on, scripts have no spaces, so spaces between characters are obfuscation. */
const FIRST_UNSPACED = 0x2e80;
/** Marks that are put between characters as obfuscation. */
const SEPARATORS = new Set(Array.from("·.-_*|/~+•", (mark) => mark.charCodeAt(0)));
/** More than this number between two characters is not obfuscation. */
const MOST_BETWEEN = 3;

/** Cached results of whether any phrase starts with a code unit. */
const UNKNOWN = 0;
const NO = 1;
const YES = 2;

interface PhraseIndex {
  phrases: readonly string[];
  count: number;
  list: string;
  trie: TrieNode;
  starts: Uint8Array;
}

let known: PhraseIndex = createIndex([], "");

/**
 * Finds the phrases in a text: leftmost-longest, without overlap. The comparison ignores case, width,
 * traditional or simplified form, accents, invisible characters, and spaces and dots between Han characters.
 */
export function findPhrases(text: string, phrases: readonly string[]): FoundPhrase[] {
  const { trie, starts } = indexOf(phrases);
  const found: FoundPhrase[] = [];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (starts[unit] === NO) continue;
    const first = trie.next.get(foldUnit(unit));
    if (starts[unit] === UNKNOWN) starts[unit] = first === undefined ? NO : YES;
    const match = first === undefined ? null : longestAt(text, at, first);
    if (match === null) continue;
    found.push({ text: text.slice(at, match.end), start: at, ...match });
    at = match.end - 1;
  }
  return found;
}

function longestAt(
  text: string,
  start: number,
  first: TrieNode,
): { end: number; phrase: string } | null {
  if (isInWord(text, start - 1, start)) return null;
  let node = first;
  let last = foldUnit(text.charCodeAt(start));
  let longest: { end: number; phrase: string } | null = null;
  let between = 0;
  for (let at = start;;) {
    if (node.phrase !== null && !isInWord(text, at, at + 1)) {
      longest = { end: at + 1, phrase: node.phrase };
    }
    let next: TrieNode | undefined;
    while (next === undefined) {
      if (++at >= text.length) return longest;
      const unit = foldUnit(text.charCodeAt(at));
      next = unit === SKIPPED ? undefined : node.next.get(unit);
      if (next !== undefined) {
        last = unit;
        between = 0;
      } else if (unit !== SKIPPED && !(isFiller(unit, last) && ++between <= MOST_BETWEEN)) {
        return longest;
      }
    }
    node = next;
  }
}

function isFiller(unit: number, last: number): boolean {
  return last >= FIRST_UNSPACED && (unit === SPACE || SEPARATORS.has(unit));
}

/** Whether a position is within a word, so that "buy now" does not match "buy nowadays". */
function isInWord(text: string, left: number, right: number): boolean {
  return isLatin(text.charCodeAt(left)) && isLatin(text.charCodeAt(right));
}

function isLatin(unit: number): boolean {
  const lower = unit | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (unit >= 0xc0 && unit <= 0x24f);
}

/** Returns the cached index of a list, identified by reference and length, else by its content. */
function indexOf(phrases: readonly string[]): PhraseIndex {
  if (phrases !== known.phrases || phrases.length !== known.count) {
    const list = phrases.join("\n");
    known = list === known.list
      ? { ...known, phrases, count: phrases.length }
      : createIndex(phrases, list);
  }
  return known;
}

function createIndex(phrases: readonly string[], list: string): PhraseIndex {
  const starts = new Uint8Array(0x10000);
  return { phrases, count: phrases.length, list, trie: createTrie(phrases), starts };
}

function createTrie(phrases: readonly string[]): TrieNode {
  const root: TrieNode = { next: new Map(), phrase: null };
  for (const phrase of phrases) {
    let node = root;
    for (const unit of foldPhrase(phrase)) {
      let next = node.next.get(unit);
      if (next === undefined) node.next.set(unit, next = { next: new Map(), phrase: null });
      node = next;
    }
    if (node !== root) node.phrase = phrase;
  }
  return root;
}
