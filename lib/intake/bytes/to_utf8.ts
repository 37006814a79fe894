import { joinBytes } from "./join_bytes.ts";
import { declaredCharset, knownCharset } from "./declared_charset.ts";
import { type CharsetHints, detectCharset, isEnoughToDetect } from "./detect_charset.ts";
import { isSevenBit, sevenBitEvidence } from "./seven_bit_evidence.ts";
import { utf16Evidence } from "./utf16_evidence.ts";
import { hzDecoder } from "./hz_decoder.ts";
import { charsetDecoder, type ToUtf8, utf32Decoder, utf8Decoder } from "./decoder.ts";

/** The number of bytes in which a document declares its charset. */
const HEAD = 2_048;
/** The maximum number of bytes to examine, from the first non-ASCII byte on. */
const MOST_EVIDENCE = 64 * 1024;
/**
 * Converts `body` to UTF-8 without a byte order mark. The charset is, by precedence: that of a byte order mark, for
 * UTF-8 if the bytes agree; the chosen one; UTF-16 or UTF-32, recognized by zero bytes; UTF-8 if valid; the declared one if
 * possible; the most likely one. `say` is called with a sentence if it differs from the declared one. Invalid bytes
 * become 0xFF, which is also invalid in UTF-8.
 */
export async function* toUtf8(
  body: AsyncIterable<Uint8Array>,
  hints: CharsetHints,
  say: (note: string) => void,
): AsyncGenerator<Uint8Array> {
  let waiting: Uint8Array = new Uint8Array();
  let decode: ToUtf8 | null = null;
  let declared: string | null | undefined;

  /** Returns the part of `waiting` that can be emitted now. */
  function advance(isEnd: boolean): Uint8Array {
    if (declared === undefined) {
      const isDocument = /^\s*</.test(new TextDecoder("latin1").decode(waiting.subarray(0, 64)));
      if (!isEnd && waiting.length < (isDocument ? HEAD : 4)) return new Uint8Array();
      decode = certain(waiting, hints.chosen ?? null);
      declared = hints.declared ?? declaredCharset(waiting.subarray(0, HEAD));
      if (hasUtf8Mark(waiting)) {
        declared = "utf-8";
        waiting = waiting.subarray(UTF8_MARK.length);
      }
      const known = declared === null ? null : knownCharset(declared);
      if (known !== null && isSevenBit(known)) decode ??= decoderFor(known);
    }
    if (decode !== null) return decode(take(waiting.length));
    const ascii = sevenBitEvidence(waiting, isEnd);
    if (ascii.charset !== null) {
      say(`the text is not UTF-8; it was read as ${ascii.charset}`);
      decode = decoderFor(ascii.charset);
      return decode(take(waiting.length));
    }
    const start = ascii.end;
    if (start === waiting.length || waiting[start]! < 0x80) return take(start);
    const evidence = waiting.subarray(start, start + MOST_EVIDENCE);
    if (!isEnd && !isEnoughToDetect(evidence)) return take(start);
    decode = decoderFor(detectCharset(evidence, { ...hints, declared }, say));
    return decode(take(waiting.length));
  }

  function take(length: number): Uint8Array {
    const taken = waiting.subarray(0, length);
    waiting = waiting.subarray(length);
    return taken;
  }

  try {
    for await (const chunk of body) {
      if (waiting.length === 0 && decode !== null) {
        yield (decode as ToUtf8)(chunk);
        continue;
      }
      waiting = joinBytes(waiting, chunk);
      const text = advance(false);
      if (text.length > 0) yield text;
    }
  } catch (error) {
    if (waiting.length > 0) yield advance(true);
    throw error;
  }
  const text = advance(true);
  if (text.length > 0) yield text;
  const end = (decode as ToUtf8 | null)?.(null);
  if (end?.length) yield end;
}

const UTF8_MARK = [0xEF, 0xBB, 0xBF];

function hasUtf8Mark(head: Uint8Array): boolean {
  return UTF8_MARK.every((byte, at) => head[at] === byte);
}

/** Determines the charset by a byte order mark, a person's choice, or the zero bytes of wide characters. */
function certain(head: Uint8Array, chosen: string | null): ToUtf8 | null {
  const [a, b, c, d] = head;
  // Some editors write the mark of UTF-8 before text in another charset.
  if (hasUtf8Mark(head)) return null;
  if (a === 0xFF && b === 0xFE && c === 0 && d === 0) return utf32Decoder(true);
  if (a === 0 && b === 0 && c === 0xFE && d === 0xFF) return utf32Decoder(false);
  if (a === 0xFE && b === 0xFF) return charsetDecoder("utf-16be");
  if (a === 0xFF && b === 0xFE) return charsetDecoder("utf-16le");
  if (chosen !== null) return decoderFor(knownCharset(chosen) ?? chosen);
  return wide(head);
}

function decoderFor(charset: string): ToUtf8 {
  if (charset === "utf-8") return utf8Decoder();
  if (charset === "hz-gb-2312") return hzDecoder();
  if (charset.startsWith("utf-32")) return utf32Decoder(charset !== "utf-32be");
  return charsetDecoder(charset);
}

/**
 * ASCII text or markup in UTF-16 or UTF-32 has zeros in every second byte, or in three of four; Chinese text
 * is detected by its characters.
 */
function wide(head: Uint8Array): ToUtf8 | null {
  const zeros = [0, 0, 0, 0];
  const length = Math.min(head.length - head.length % 4, 512);
  if (length < 4) return null;
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at % 4]!++;
  const [a, b, c, d] = zeros.map((count) => count / (length / 4)) as [
    number,
    number,
    number,
    number,
  ];
  if (c > 0.9 && d > 0.9 && a < 0.1) return utf32Decoder(true);
  if (a > 0.9 && b > 0.9 && d < 0.1) return utf32Decoder(false);
  if (b + d > 0.4 && a + c < 0.02) return charsetDecoder("utf-16le");
  if (a + c > 0.4 && b + d < 0.02) return charsetDecoder("utf-16be");
  const charset = utf16Evidence(head);
  return charset === null ? null : charsetDecoder(charset);
}
