import { brotliDecompressSync, constants } from "node:zlib";

const BYTES_OF_TEXT = 8;
// deno-lint-ignore no-control-regex
const CONTROL = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/** Whether binary data is brotli-compressed text; brotli has no magic number. */
export function isBrotli(head: Uint8Array): boolean {
  if (isText(head)) return false;
  try {
    const unpacked = brotliDecompressSync(head, {
      finishFlush: constants.BROTLI_OPERATION_FLUSH,
      maxOutputLength: 1024 * 1024,
    });
    return unpacked.length >= BYTES_OF_TEXT && isText(unpacked);
  } catch {
    return false;
  }
}

/** Whether the bytes are UTF-8 without control characters; the last character may be truncated. */
function isText(bytes: Uint8Array): boolean {
  const text = new TextDecoder().decode(bytes, { stream: true });
  return !text.includes("\uFFFD") && !CONTROL.test(text);
}
