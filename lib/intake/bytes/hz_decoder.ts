import { charsetDecoder, type ToUtf8 } from "./decoder.ts";

const TILDE = 0x7E;
const LINE_FEED = 0x0A;
const OPENING = 0x7B;
const CLOSING = 0x7D;

/**
 * Decodes HZ (RFC 1843), which the runtime does not support: the characters of GB 2312 in pairs of ASCII bytes, between
 * `~{` and `~}`.
 */
export function hzDecoder(): ToUtf8 {
  const decode = charsetDecoder("gb18030");
  let isChinese = false;
  /** A tilde, or the first byte of a pair, that the next byte completes. */
  let first: number | null = null;
  return (bytes) => {
    if (bytes === null) return decode(null);
    const text: number[] = [];
    for (const byte of bytes) {
      if (first === null && (byte === TILDE || isChinese && byte > 0x20)) {
        first = byte;
        continue;
      }
      if (first === TILDE) {
        if (byte === OPENING) isChinese = true;
        else if (byte === CLOSING) isChinese = false;
        else if (byte === TILDE) text.push(TILDE);
        // A tilde at its end continues a line.
        else if (byte !== LINE_FEED) text.push(TILDE, byte);
      } else if (first !== null && byte > 0x20) {
        text.push(first | 0x80, byte | 0x80);
      } else {
        text.push(byte);
        // A line ends in ASCII.
        if (byte === LINE_FEED) isChinese = false;
      }
      first = null;
    }
    return decode(Uint8Array.from(text));
  };
}
