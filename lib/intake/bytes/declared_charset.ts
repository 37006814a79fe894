const XML = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]+)/;
const META = /<meta\s[^>]*>/gi;
const META_CHARSET = /\scharset\s*=\s*["']?\s*([\w.:-]+)/i;
const META_CONTENT = /\scontent\s*=\s*["'][^"'>]*charset\s*=\s*([\w.:-]+)/i;

/** Returns the charset declared at the start of an XML document or web page, or null. */
export function declaredCharset(head: Uint8Array): string | null {
  const text = new TextDecoder("latin1").decode(head);
  return XML.exec(text)?.[1] ?? metaCharset(text);
}

/** Only `charset` and `http-equiv="content-type"` declare one; other attributes may mention it. */
function metaCharset(text: string): string | null {
  for (const [meta] of text.matchAll(META)) {
    const isContentType = /\shttp-equiv\s*=\s*["']?\s*content-type/i.test(meta);
    const unquoted = meta.replace(/\s(?!charset)[\w:-]+\s*=\s*(?:"[^"]*"|'[^']*')/gi, " ");
    const found = META_CHARSET.exec(unquoted) ?? (isContentType ? META_CONTENT.exec(meta) : null);
    if (found?.[1] !== undefined) return found[1];
  }
  return null;
}

/** Labels that Windows, Python and MySQL use. */
const ALIASES: ReadonlyMap<string, string> = new Map([
  ["936", "gbk"],
  ["cp936", "gbk"],
  ["ms936", "gbk"],
  ["windows-936", "gbk"],
  ["gb-2312", "gbk"],
  ["gb2312_80", "gbk"],
  ["950", "big5"],
  ["cp950", "big5"],
  ["ms950", "big5"],
  ["windows-950", "big5"],
  ["big5hkscs", "big5"],
  ["hz", "hz-gb-2312"],
  ["hz-gb-2312", "hz-gb-2312"],
  ["932", "shift_jis"],
  ["cp932", "shift_jis"],
  ["949", "euc-kr"],
  ["cp949", "euc-kr"],
  ["maccyrillic", "x-mac-cyrillic"],
  ["macroman", "macintosh"],
  ["65001", "utf-8"],
  ["cp65001", "utf-8"],
  ["utf8mb4", "utf-8"],
  ["utf-8-sig", "utf-8"],
  ["utf-8-bom", "utf-8"],
]);

/** Returns this runtime's label of `charset`, or null if unsupported. */
export function knownCharset(charset: string): string | null {
  const alias = ALIASES.get(charset.trim().toLowerCase());
  if (alias !== undefined) return alias;
  if (/^utf-?32(le|be)?$/i.test(charset)) {
    return charset.toLowerCase().replace(/^utf-?32/, "utf-32");
  }
  try {
    return new TextDecoder(charset).encoding;
  } catch {
    return null;
  }
}
