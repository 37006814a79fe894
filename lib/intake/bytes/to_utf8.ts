import { charsetEvidence, chineseLikelihood } from "./charset_evidence.ts";
import { declaredCharset, knownCharset } from "./declared_charset.ts";
import { utf16Evidence } from "./utf16_evidence.ts";
import { charsetDecoder, joined, type ToUtf8, utf32Decoder, utf8Decoder } from "./decoder.ts";

/** External information about a text's charset. */
export interface CharsetHints {
  /** Chosen by a person: only a byte order mark overrides it. */
  chosen?: string | null;
  /** Declared by the transport; the bytes may disprove it. */
  declared?: string | null;
}

/** A charset of ASCII bytes, so that none of them are evidence. */
const SEVEN_BIT = "iso-2022-jp";
/** The number of bytes in which a document declares its charset. */
const HEAD = 2_048;
/** The maximum and the sufficient number of bytes to examine, from the first non-ASCII byte on. */
const MOST_EVIDENCE = 64 * 1024;
const ENOUGH_EVIDENCE = 512;
/** The number of bytes of valid UTF-8 that suffices, so that a slow stream need not wait. */
const ENOUGH_UTF8 = 6;

/**
 * Converts `body` to UTF-8 without a byte order mark. The charset is, by precedence: that of a byte order mark;
 * the chosen one; UTF-16 or UTF-32, recognized by zero bytes; UTF-8 if valid; the declared one if possible;
 * the most likely one. `say` is called with a sentence if it differs from the declared one. Invalid bytes
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
      if (declared !== null && knownCharset(declared) === SEVEN_BIT) {
        decode ??= charsetDecoder(SEVEN_BIT);
      }
    }
    if (decode === null) {
      const start = firstHigh(waiting);
      if (start === -1) return take(waiting.length);
      const evidence = waiting.subarray(start, start + MOST_EVIDENCE);
      if (!isEnd && !isEnough(evidence)) return take(start);
      decode = judged(evidence, declared, say);
    }
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
      waiting = joined(waiting, chunk);
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

/** Determines the charset by a byte order mark, a person's choice, or the zero bytes of wide characters. */
function certain(head: Uint8Array, chosen: string | null): ToUtf8 | null {
  const [a, b, c, d] = head;
  if (a === 0xEF && b === 0xBB && c === 0xBF) return utf8Decoder();
  if (a === 0xFF && b === 0xFE && c === 0 && d === 0) return utf32Decoder(true);
  if (a === 0 && b === 0 && c === 0xFE && d === 0xFF) return utf32Decoder(false);
  if (a === 0xFE && b === 0xFF) return charsetDecoder("utf-16be");
  if (a === 0xFF && b === 0xFE) return charsetDecoder("utf-16le");
  if (chosen !== null) return decoderFor(knownCharset(chosen) ?? chosen);
  return wide(head);
}

function decoderFor(charset: string): ToUtf8 {
  if (charset === "utf-8") return utf8Decoder();
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

function firstHigh(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; at++) if (bytes[at]! >= 0x80) return at;
  return -1;
}

function isEnough(evidence: Uint8Array): boolean {
  if (evidence.length >= ENOUGH_EVIDENCE) return true;
  let high = 0;
  for (const byte of evidence) if (byte >= 0x80) high++;
  return high >= ENOUGH_UTF8 && charsetEvidence(evidence).charset === "utf-8";
}

function judged(bytes: Uint8Array, declared: string | null, say: (note: string) => void): ToUtf8 {
  const evidence = charsetEvidence(bytes);
  const known = declared === null ? null : knownCharset(declared);
  const charset = known !== null && canBe(known, bytes, evidence.charset)
    ? known
    : evidence.charset;
  if (declared !== null && charset !== known) {
    say(`the text is declared as ${declared}, but is in ${charset}; it was read as ${charset}`);
  } else if (declared === null && charset !== "utf-8") {
    say(`the text is not UTF-8; it was read as ${charset}`);
  }
  return decoderFor(charset);
}

/** Whether a declared charset is consistent with the bytes, whose likely charset is `likely`. */
function canBe(declared: string, bytes: Uint8Array, likely: string): boolean {
  if (declared === likely) return true;
  if (likely === "utf-8" || declared === "utf-8" || declared.startsWith("utf-16")) return false;
  if (declared === "gbk" || declared === "gb18030") return likely !== "big5";
  if (declared === "big5") return likely !== "gb18030";
  // Servers declare this one by default; only certain Chinese overrides it.
  if (declared === "windows-1252") {
    return likely === "windows-1252" ||
      chineseLikelihood(bytes, likely === "big5" ? "big5" : "gb18030") < 0.9;
  }
  const decoded = new TextDecoder(declared).decode(bytes, { stream: true });
  return [...decoded.matchAll(/\uFFFD/g)].length <= decoded.length / 50;
}
