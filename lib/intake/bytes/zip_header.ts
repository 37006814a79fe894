import { charsetEvidence } from "./charset_evidence.ts";

/** The signature of a file's header, and the offsets of its flags and its name. */
const SIGNATURE = "PK\x03\x04";
const FLAGS = 6;
const CHECKSUM = 14;
const NAME = 30;
const ENCRYPTED = 1;
const IS_CHECKSUM_BEHIND = 8;
const IS_UTF8 = 0x800;

/** What a file's header says beside what fflate reads. */
export interface ZipHeader {
  name: string;
  isEncrypted: boolean;
  /** The CRC-32, four bytes each a character; null if it follows the data, or the header was not found. */
  checksum: string | null;
  isChecksumBehind: boolean;
}

/**
 * Reads the header of the file `name`, as fflate decoded it, among `recent` data, each byte a character. A name without the
 * flag of UTF-8 may be in any charset, usually that of the system on which the zip was made.
 */
export function zipHeader(recent: string, name: string): ZipHeader {
  const utf8 = String.fromCharCode(...new TextEncoder().encode(name));
  for (
    let at = recent.lastIndexOf(SIGNATURE);
    at !== -1;
    at = recent.lastIndexOf(SIGNATURE, at - 1)
  ) {
    const flags = recent.charCodeAt(at + FLAGS) + 256 * recent.charCodeAt(at + FLAGS + 1);
    const isUtf8 = (flags & IS_UTF8) !== 0;
    if (recent.startsWith(isUtf8 ? utf8 : name, at + NAME)) {
      const isChecksumBehind = (flags & IS_CHECKSUM_BEHIND) !== 0;
      return {
        name: isUtf8 ? name : decoded(name),
        isEncrypted: (flags & ENCRYPTED) !== 0,
        checksum: isChecksumBehind ? null : recent.slice(at + CHECKSUM, at + CHECKSUM + 4),
        isChecksumBehind,
      };
    }
    if (at === 0) break;
  }
  return { name, isEncrypted: false, checksum: null, isChecksumBehind: false };
}

function decoded(name: string): string {
  const bytes = Uint8Array.from(name, (character) => character.charCodeAt(0));
  if (bytes.every((byte) => byte < 0x80)) return name;
  return new TextDecoder(charsetEvidence(bytes).charset).decode(bytes);
}
