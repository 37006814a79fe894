/** In bytes. */
const LOOKED_AT = 4 * 1024;
const LEAST_CHARACTERS = 8;
/** The minimum shares of characters that occur in Chinese text, and of frequent ones. */
const LEAST_LIKELY = 0.97;
const LEAST_FREQUENT = 0.05;

const FREQUENT: ReadonlySet<string> = new Set(
  '，。、：；“”的一是不了在人有我他这中大来上国和\r\n\t ,"',
);

/**
 * Detects UTF-16 without a byte order mark by its Chinese characters; returns null if it is neither.
 * Other charsets read as UTF-16 may look Chinese, too, but have none of the frequent characters.
 */
export function utf16Evidence(head: Uint8Array): "utf-16le" | "utf-16be" | null {
  const bytes = head.subarray(0, Math.min(LOOKED_AT, head.length - head.length % 2));
  if (bytes.length < 2 * LEAST_CHARACTERS) return null;
  if (bytes.every((byte) => byte > 0 && byte < 0x80)) return null;
  return (["utf-16le", "utf-16be"] as const).find((charset) => looksChinese(bytes, charset)) ??
    null;
}

function looksChinese(bytes: Uint8Array, charset: string): boolean {
  const characters = [...new TextDecoder(charset).decode(bytes)];
  const likely = characters.filter(isLikely).length;
  const frequent = characters.filter((one) => FREQUENT.has(one)).length;
  return likely >= LEAST_LIKELY * characters.length &&
    frequent >= LEAST_FREQUENT * characters.length;
}

/** ASCII, common Han characters, and punctuation. */
function isLikely(character: string): boolean {
  return /[\t\r\n\x20-\x7e\u2010-\u2026\u3000-\u301f\u4e00-\u9fa5\uff01-\uff5e]/.test(character);
}
