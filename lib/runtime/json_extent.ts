/** The size of a JSON text, as far as it determines the time of `JSON.parse`. */
export interface JsonExtent {
  /** The number of values, counted by their commas, braces and brackets. */
  values: number;
  /** The number of different names and short texts, each of which V8 keeps once; estimated by their hashes. */
  names: number;
  /** The number of characters outside of strings. */
  outside: number;
}

/** Within both limits, V8 parses 2 MB in less than 20 ms. */
const MOST_VALUES = 60_000;
const MOST_NAMES = 20_000;

/** A shorter text exceeds neither limit: a name takes at least three characters. */
const LEAST_LENGTH = 3 * MOST_NAMES;
/** Longer texts are no names. */
const LONGEST_NAME = 64;
const HASH_BITS = 18;

const QUOTE = 0x22;
const COMMA = 0x2C;
const OPEN_BRACKET = 0x5B;
const BACKSLASH = 0x5C;
const OPEN_BRACE = 0x7B;

/** Measures a text, valid or not, without parsing it. */
export function jsonExtent(text: string): JsonExtent {
  const extent = { values: 0, names: 0, outside: text.length };
  if (text.length < LEAST_LENGTH) return extent;
  const seen = new Uint8Array(2 ** HASH_BITS / 8);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA || code === OPEN_BRACE || code === OPEN_BRACKET) extent.values++;
    if (code !== QUOTE) continue;
    const start = at;
    let hash = 0;
    for (at++; at < text.length; at++) {
      const inner = text.charCodeAt(at);
      if (inner === QUOTE) break;
      if (inner === BACKSLASH) at++;
      if (at - start <= LONGEST_NAME) hash = Math.imul(hash ^ inner, 0x01000193);
    }
    extent.outside -= at - start;
    if (at - start > LONGEST_NAME) continue;
    const bit = Math.imul(hash, 0x9E3779B1) >>> (32 - HASH_BITS);
    if ((seen[bit >> 3]! & 1 << (bit & 7)) !== 0) continue;
    seen[bit >> 3]! |= 1 << (bit & 7);
    extent.names++;
  }
  return extent;
}

/** Whether parsing a text of this size would block the event loop. */
export function isExcessive({ values, names }: JsonExtent): boolean {
  return values > MOST_VALUES || names > MOST_NAMES;
}
