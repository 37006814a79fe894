/** The result of charset detection from bytes, once any are not ASCII. */
export interface CharsetEvidence {
  /** A label of `TextDecoder`. */
  charset: "utf-8" | "gb18030" | "big5" | "windows-1252";
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
/** Below both, pairs of bytes are not Chinese: accented letters occur between ASCII ones. */
const LEAST_CHINESE = 0.6;
const LEAST_PAIRED = 0.8;

/**
 * Detects the charset of `bytes`, whose last character may be incomplete: UTF-8 if valid but for a few bytes, or in
 * most of them, as when lines in another charset are mixed in; else GB18030 or Big5, by the share of common characters
 * (GB 2312's first level, Big5's first plane), which is over 0.95 in the right charset and about half in the other;
 * else Windows-1252.
 */
export function charsetEvidence(bytes: Uint8Array): CharsetEvidence {
  const utf8 = countUtf8(bytes);
  const isMixed = utf8.long >= LEAST_LONG && 3 * utf8.long >= MOSTLY_LONG * utf8.high;
  if (isMixed || utf8.bad <= MOST_BAD_UTF8 * (utf8.characters + utf8.bad)) {
    const { characters, bad } = utf8;
    return { charset: "utf-8", likelihood: 1 - bad / Math.max(1, characters + bad), characters };
  }
  const gb = countPairs(bytes, isGbTrail, isEverydayGb);
  const big5 = countPairs(bytes, isBig5Trail, isEverydayBig5);
  const best = gb.likelihood >= big5.likelihood
    ? { charset: "gb18030" as const, ...gb }
    : { charset: "big5" as const, ...big5 };
  if (best.likelihood >= LEAST_CHINESE || best.paired >= LEAST_PAIRED) return best;
  return { charset: "windows-1252", likelihood: 1 - best.likelihood, characters: best.characters };
}

/** Returns the likelihood that the bytes are Chinese in this charset, 0 to 1. */
export function chineseLikelihood(bytes: Uint8Array, charset: "gb18030" | "big5"): number {
  return charset === "gb18030"
    ? countPairs(bytes, isGbTrail, isEverydayGb).likelihood
    : countPairs(bytes, isBig5Trail, isEverydayBig5).likelihood;
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

function countPairs(
  bytes: Uint8Array,
  isTrail: (byte: number) => boolean,
  isEveryday: (lead: number, trail: number) => boolean,
): { characters: number; likelihood: number; paired: number } {
  let characters = 0;
  let everyday = 0;
  let high = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at]!;
    if (lead < 0x80) continue;
    const trail = bytes[at + 1];
    if (trail === undefined) break;
    characters++;
    // Only the first byte of an invalid pair is consumed.
    if (lead === 0x80 || lead === 0xFF || !isTrail(trail)) continue;
    if (isEveryday(lead, trail)) everyday++;
    if (trail >= 0x80) high++;
    at++;
  }
  const all = Math.max(1, characters);
  return { characters, likelihood: everyday / all, paired: high / all };
}

function isGbTrail(byte: number): boolean {
  return byte >= 0x40 && byte !== 0x7F && byte !== 0xFF || (byte >= 0x30 && byte <= 0x39);
}

/** Punctuation and the 3,755 characters of the first level. */
function isEverydayGb(lead: number, trail: number): boolean {
  return trail >= 0xA1 && (lead >= 0xB0 && lead <= 0xD7 || lead === 0xA1 || lead === 0xA3);
}

function isBig5Trail(byte: number): boolean {
  return byte >= 0x40 && byte <= 0x7E || byte >= 0xA1 && byte <= 0xFE;
}

/** Punctuation and the 5,401 characters of the first plane. */
function isEverydayBig5(lead: number): boolean {
  return lead >= 0xA4 && lead <= 0xC6 || lead === 0xA1;
}
