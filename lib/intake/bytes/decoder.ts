import { joinBytes } from "./join_bytes.ts";

/** An incremental converter to UTF-8; null marks the end of the text. */
export type ToUtf8 = (bytes: Uint8Array | null) => Uint8Array;

/** A byte that never occurs in UTF-8: marks invalid input, so that only its record is rejected. */
const BAD = 0xFF;

/** Passes UTF-8 through without validation, except for the byte order mark. */
export function utf8Decoder(): ToUtf8 {
  let begins = true;
  return (bytes) => {
    const text = bytes ?? new Uint8Array();
    if (!begins || text.length === 0) return text;
    begins = false;
    return text[0] === 0xEF && text[1] === 0xBB && text[2] === 0xBF ? text.subarray(3) : text;
  };
}

/** Decodes any charset of `TextDecoder`. */
export function charsetDecoder(charset: string): ToUtf8 {
  const decoder = new TextDecoder(charset);
  const encoder = new TextEncoder();
  // In UTF-16, the replacement character is an ordinary character.
  const marks = !charset.startsWith("utf-16");
  return (bytes) => {
    const text = bytes === null ? decoder.decode() : decoder.decode(bytes, { stream: true });
    const encoded = encoder.encode(text);
    return marks && text.includes("\uFFFD") ? withBadMarked(encoded) : encoded;
  };
}

/** Decodes UTF-32, which the runtime does not support. */
export function utf32Decoder(littleEndian: boolean): ToUtf8 {
  const encoder = new TextEncoder();
  let rest: Uint8Array = new Uint8Array();
  return (bytes) => {
    const all = joinBytes(rest, bytes ?? new Uint8Array());
    const view = new DataView(all.buffer, all.byteOffset, all.length);
    const whole = all.length - all.length % 4;
    let text = "";
    for (let at = 0; at < whole; at += 4) {
      const code = view.getUint32(at, littleEndian);
      if (code === 0xFEFF && at === 0) continue;
      text += code <= 0x10FFFF ? String.fromCodePoint(code) : "\uFFFD";
    }
    rest = all.slice(whole);
    return encoder.encode(text);
  };
}

function withBadMarked(utf8: Uint8Array): Uint8Array {
  const marked = new Uint8Array(utf8.length);
  let length = 0;
  for (let at = 0; at < utf8.length; at++) {
    const isBad = utf8[at] === 0xEF && utf8[at + 1] === 0xBF && utf8[at + 2] === 0xBD;
    marked[length++] = isBad ? BAD : utf8[at]!;
    if (isBad) at += 2;
  }
  return marked.subarray(0, length);
}
