import { brotliDecompressSync, constants } from "node:zlib";
import { countControls } from "./control_characters.ts";
import { charsetEvidence } from "./charset_evidence.ts";

/** Bytes that suffice to detect brotli. */
export const BROTLI_HEAD = 512;

const BYTES_OF_TEXT = 8;
/** The least share of expected characters in Chinese text. */
const LEAST_LIKELY = 0.6;

/** Compressed data of this length have control characters, unlike text in any charset. */
const LONG_FOR_NO_CONTROLS = 64;

/**
 * Whether binary data is brotli-compressed text; brotli has no magic number, and the start of many texts unpacks to some
 * characters.
 */
export function isBrotli(head: Uint8Array): boolean {
  return !isText(head) && !isOtherText(head) && unpacksToText(head);
}

/** Whether bytes that are not UTF-8 look like text in another charset. */
function isOtherText(bytes: Uint8Array): boolean {
  if (countControls(new TextDecoder("latin1").decode(bytes)) > 0) return false;
  return bytes.length >= LONG_FOR_NO_CONTROLS || isChinese(bytes);
}

/** Whether data declared as brotli may be that: it is no text, or unpacks to text. */
export function mayBeBrotli(head: Uint8Array): boolean {
  return !isText(head) || unpacksToText(head);
}

function unpacksToText(head: Uint8Array): boolean {
  try {
    const unpacked = brotliDecompressSync(head, {
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
      maxOutputLength: 1024 * 1024,
    });
    return unpacked.length >= BYTES_OF_TEXT && (isText(unpacked) || isChinese(unpacked));
  } catch {
    return false;
  }
}

/** Whether the bytes are UTF-8 without control characters; the last character may be truncated. */
export function isText(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes, { stream: true });
  return !text.includes("\uFFFD") && countControls(text) === 0;
}

function isChinese(bytes: Uint8Array): boolean {
  if (countControls(new TextDecoder("latin1").decode(bytes)) > 0) return false;
  const { charset, likelihood } = charsetEvidence(bytes);
  return (charset === "gb18030" || charset === "big5") && likelihood >= LEAST_LIKELY;
}
