/** The selectable charsets, by labels that browsers and the import support. */
export const CHARSETS = [
  "UTF-8",
  "GB18030",
  "Big5",
  "UTF-16LE",
  "UTF-16BE",
  "Shift_JIS",
  "EUC-JP",
  "EUC-KR",
  "windows-1251",
  "KOI8-R",
  "windows-1252",
] as const;

/** The preview's length in bytes and in characters. */
const LOOKED_AT = 2_048;
const SHOWN = 300;

/** Returns the start of a file decoded in this charset. */
export async function startOf(file: Blob, charset: string): Promise<string> {
  const bytes = await file.slice(0, LOOKED_AT).arrayBuffer();
  return new TextDecoder(charset).decode(bytes, { stream: true }).slice(0, SHOWN);
}
