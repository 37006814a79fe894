/** Character classes for counting. */
enum Kind {
  Unknown,
  /** Combining characters: accents, joiners, selectors, skin tones. */
  Unseen,
  Space,
  /** A character of a script without spaces. */
  Unspaced,
  Mark,
  Other,
}

const UNSEEN = /[\p{M}\p{Cf}\p{Cc}\u{1f3fb}-\u{1f3ff}]/u;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}\u3000-\u303f\uff01-\uff60]/u;
const COUNTED = /[\p{L}\p{N}\p{Extended_Pictographic}]/u;
const JOINER = 0x200d;
/** The maximum that counts of a run of one punctuation mark (a rule, dots). */
const MARKS_IN_A_ROW = 2;

const kinds = new Uint8Array(0x10000);

/**
 * Returns the number of characters that a reader would count in a normalized text, at most `most`: grapheme
 * clusters count once; invisible characters and spaces next to Han characters do not count; a run of the same
 * mark counts two.
 */
export function readableLength(text: string, most: number): number {
  let count = 0;
  let before = Kind.Unseen;
  let hasSpace = false;
  let isJoined = false;
  let row = 0;
  let mark = 0;
  for (let at = 0; at < text.length && count < most;) {
    const character = text.codePointAt(at)!;
    at += character > 0xffff ? 2 : 1;
    const kind = kindOf(character);
    if (kind === Kind.Unseen) {
      isJoined = character === JOINER;
      continue;
    }
    if (kind === Kind.Space) {
      hasSpace = before !== Kind.Unspaced;
      continue;
    }
    row = character === mark ? row + 1 : 1;
    mark = character;
    const isCounted = !isJoined && (kind !== Kind.Mark || row <= MARKS_IN_A_ROW);
    isJoined = false;
    if (isCounted) count += hasSpace && kind !== Kind.Unspaced ? 2 : 1;
    hasSpace = false;
    before = kind;
  }
  return Math.min(count, most);
}

function kindOf(character: number): Kind {
  if (character > 0xffff) return kindByProperties(character);
  return kinds[character] ||= kindByProperties(character);
}

function kindByProperties(character: number): Kind {
  const text = String.fromCodePoint(character);
  if (text.trim() === "") return Kind.Space;
  if (UNSEEN.test(text)) return Kind.Unseen;
  if (UNSPACED.test(text)) return Kind.Unspaced;
  return COUNTED.test(text) ? Kind.Other : Kind.Mark;
}
