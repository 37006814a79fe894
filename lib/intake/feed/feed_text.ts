/**
 * The marker of invalid UTF-8 in the output of `feedText`. The usual U+FFFD may occur in valid text; XML does
 * not allow this character.
 */
export const BAD_BYTES = "\uFFFF";

/** Decodes UTF-8 independently of chunk boundaries, with `BAD_BYTES` for invalid bytes. */
export async function* feedText(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  let unfinished = new Uint8Array();
  for await (const piece of pieces) {
    const bytes = new Uint8Array(unfinished.length + piece.length);
    bytes.set(unfinished);
    bytes.set(piece, unfinished.length);
    const end = endOfWhole(bytes);
    unfinished = bytes.slice(end);
    yield decoded(strict, bytes.subarray(0, end));
  }
  if (unfinished.length > 0) yield decoded(strict, unfinished);
}

/** Returns the start of an incomplete last character, else the end. */
function endOfWhole(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte >= 0x80 && byte < 0xC0) continue;
    const needs = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
    return needs > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

function decoded(strict: TextDecoder, bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodedWithMarks(bytes);
  }
}

function decodedWithMarks(bytes: Uint8Array): string {
  const lenient = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  for (let from = 0;;) {
    const replacement = indexOfReplacement(bytes, from);
    const end = replacement === -1 ? bytes.length : replacement;
    // Replacement characters that are not in the input come from the decoder.
    text += lenient.decode(bytes.subarray(from, end)).replaceAll("\uFFFD", BAD_BYTES);
    if (replacement === -1) return text;
    text += "\uFFFD";
    from = replacement + 3;
  }
}

function indexOfReplacement(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xEF, from); at !== -1; at = bytes.indexOf(0xEF, at + 1)) {
    if (bytes[at + 1] === 0xBF && bytes[at + 2] === 0xBD) return at;
  }
  return -1;
}
