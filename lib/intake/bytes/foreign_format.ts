/** Magic numbers of common formats that are not supported. */
const STARTS: readonly (readonly [string, string])[] = [
  ["%PDF-", "a PDF"],
  ["{\\rtf", "a document in RTF"],
  ["\xD0\xCF\x11\xE0", "an older Office document"],
  ["\xFF\xD8\xFF", "an image"],
  ["\x89PNG", "an image"],
  ["GIF8", "an image"],
  ["SQLite format 3", "a database"],
  ["Rar!", "an archive that is not zip"],
  ["7z\xBC\xAF", "an archive that is not zip"],
  ["BZh", "compressed with bzip2"],
  ["\xFD7zXZ", "compressed with xz"],
];
/** The offset of `ustar` in a tar archive. */
const TAR_MARK = 257;

/** Returns the name of an unsupported binary format by its magic number, or null. */
export function foreignFormat(head: Uint8Array): string | null {
  const bytes = Array.from(head.subarray(0, 16), (byte) => String.fromCharCode(byte)).join("");
  const found = STARTS.find(([mark]) => bytes.startsWith(mark));
  if (found !== undefined) return found[1];
  const mark = new TextDecoder("latin1").decode(head.subarray(TAR_MARK, TAR_MARK + 5));
  return mark === "ustar" ? "an archive that is not zip" : null;
}
