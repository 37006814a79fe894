import { DETECTED, type DetectedCharset, fitOf } from "./charset_models.ts";

/** The result of charset detection from bytes, once any are not ASCII. */
export interface CharsetEvidence {
  /** A label of `TextDecoder`. */
  charset: "utf-8" | DetectedCharset;
  /** The share of expected characters, 0 to 1. */
  likelihood: number;
  /** The number of non-ASCII characters examined. */
  characters: number;
}

/** The share of invalid bytes that is tolerated in UTF-8. */
const MOST_BAD_UTF8 = 0.2;
/** So many characters of three bytes and more, in half of the other bytes, do not occur by chance. */
const LEAST_LONG = 4;
const MOSTLY_LONG = 0.5;
/** The number of bytes that suffices to tell charsets other than UTF-8. */
const ENOUGH = 16 * 1024;

/**
 * Detects the charset of `bytes`, whose last character may be incomplete: UTF-8 if valid but for a few bytes, or in
 * most of them, as when lines in another charset are mixed in; else the charset in which the bytes are the most probable
 * text of its language.
 */
export function charsetEvidence(bytes: Uint8Array): CharsetEvidence {
  const utf8 = countUtf8(bytes);
  const isMixed = utf8.long >= LEAST_LONG && 3 * utf8.long >= MOSTLY_LONG * utf8.high;
  if (isMixed || utf8.bad <= MOST_BAD_UTF8 * (utf8.characters + utf8.bad)) {
    const { characters, bad } = utf8;
    return { charset: "utf-8", likelihood: 1 - bad / Math.max(1, characters + bad), characters };
  }
  return DETECTED.map((charset) => fitOf(bytes.subarray(0, ENOUGH), charset))
    .reduce((best, fit) => fit.score > best.score ? fit : best);
}

/** `long`: characters of three bytes and more; `high`: bytes that are not ASCII. */
function countUtf8(
  bytes: Uint8Array,
): { characters: number; bad: number; long: number; high: number } {
  let characters = 0;
  let bad = 0;
  let long = 0;
  let high = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte < 0x80) continue;
    const length = byte >= 0xF5 ? 0 : byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 0;
    let end = at + 1;
    while (end < at + length && end < bytes.length && (bytes[end]! & 0xC0) === 0x80) end++;
    high += end - at;
    if (length > 0 && end === at + length) {
      characters++;
      if (length >= 3) long++;
    } else if (length === 0 || end < bytes.length) bad++;
    at = Math.max(at, end - 1);
  }
  return { characters, bad, long, high };
}
