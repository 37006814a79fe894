/** A charset of ASCII bytes, which escape sequences switch to other characters. */
export type SevenBitCharset = "iso-2022-jp" | "hz-gb-2312";

/** The charset of ASCII bytes, and the end of those that are known to be just ASCII. */
export interface SevenBitEvidence {
  charset: SevenBitCharset | null;
  end: number;
}

const ESCAPE = 0x1B;
const TILDE = 0x7E;
/** The start of characters of JIS X 0208, and of the former JIS C 6226 and JIS X 0212. */
const JAPANESE = ["\x1B$B", "\x1B$@", "\x1B$(D"];
const LONGEST_ESCAPE = 4;
const CHINESE = "~{";
/** A run of Chinese characters in HZ (RFC 1843); those not at its end suffice. */
const CHINESE_RUN = /^~\{((?:[\x21-\x77][\x21-\x7E])*?)(~\}|[\x21-\x7E]?$)/;
const EVERYDAY = /[\x21-\x23\x30-\x57][\x21-\x7E]/g;
const LEAST_EVERYDAY = 0.8;
/** So many bytes of a run suffice to judge it. */
const ENOUGH = 64;

/** Whether no byte of this charset is evidence by itself. */
export function isSevenBit(charset: string): charset is SevenBitCharset {
  return charset === "iso-2022-jp" || charset === "hz-gb-2312";
}

/**
 * Detects a charset of ASCII bytes by its first escape sequence. Without one, `end` is the first byte that is not ASCII,
 * or an escape that is still incomplete unless `isEnd`, or the end of the bytes.
 */
export function sevenBitEvidence(bytes: Uint8Array, isEnd: boolean): SevenBitEvidence {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!;
    if (byte >= 0x80) return { charset: null, end: at };
    if (byte !== ESCAPE && byte !== TILDE) continue;
    const text = new TextDecoder("latin1").decode(bytes.subarray(at, at + ENOUGH));
    if (JAPANESE.some((escape) => text.startsWith(escape))) {
      return { charset: "iso-2022-jp", end: at };
    }
    if (isChinese(text)) return { charset: "hz-gb-2312", end: at };
    const isCut = !isEnd && bytes.length - at < (byte === ESCAPE ? LONGEST_ESCAPE : ENOUGH);
    if (isCut && (byte === ESCAPE || CHINESE.startsWith(text) || CHINESE_RUN.test(text))) {
      return { charset: null, end: at };
    }
  }
  return { charset: null, end: bytes.length };
}

/** Whether a text starts with a run of common characters in HZ. */
function isChinese(text: string): boolean {
  const [, pairs = "", end = ""] = CHINESE_RUN.exec(text) ?? [];
  if (pairs.length < 4 || end !== "~}" && text.length < ENOUGH) return false;
  return (pairs.match(EVERYDAY) ?? []).length >= LEAST_EVERYDAY * pairs.length / 2;
}
