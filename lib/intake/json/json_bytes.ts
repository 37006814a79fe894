export const LINE_FEED = 0x0A;
export const CARRIAGE_RETURN = 0x0D;
export const QUOTE = 0x22;
export const APOSTROPHE = 0x27;
export const STAR = 0x2A;
export const COMMA = 0x2C;
export const SLASH = 0x2F;
export const COLON = 0x3A;
export const OPEN_BRACKET = 0x5B;
export const BACKSLASH = 0x5C;
export const CLOSE_BRACKET = 0x5D;
export const OPEN_BRACE = 0x7B;
export const CLOSE_BRACE = 0x7D;

/** Precedes each value of a JSON text sequence (RFC 7464). */
const RECORD_SEPARATOR = 0x1E;

/** Whether a byte is JSON's white space, or separates texts. */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === LINE_FEED || byte === CARRIAGE_RETURN ||
    byte === RECORD_SEPARATOR;
}

/** Returns the end of the string at `from`, which `quote` ends, or of a line in it, else the chunk's length. */
export function endOfString(chunk: Uint8Array, from: number, quote: number): number {
  for (let at = from; at < chunk.length; at++) {
    const byte = chunk[at]!;
    if (byte === quote || byte === BACKSLASH || byte === LINE_FEED) return at;
  }
  return chunk.length;
}

/** Returns what closes these brackets and braces. */
export function closersOf(open: readonly number[]): string {
  return open.map((byte) => byte === OPEN_BRACE ? "}" : "]").reverse().join("");
}
