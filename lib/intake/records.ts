import { MAX_RECORD, NOT_UTF8, TOO_LONG } from "./parsed.ts";
import { utf8 } from "./utf8.ts";

/**
 * Where the record that goes on at `from` ends: the index after its last byte (`from` itself when
 * the byte there begins the next one), or -1 when it goes on past this chunk. Called again with
 * what follows, it remembers where it is. The formats' marks are ASCII, so bytes will do.
 */
export type Scan = (chunk: Uint8Array, from: number) => number;

/** A record's text, its mark at the end included, or why it has none. */
export type RecordText = { line: number; text: string } | { line: number; error: string };

/** Cuts a text into records. One over the limit is read past, never held. */
export async function* records(
  body: AsyncIterable<Uint8Array>,
  charset: string | null,
  scan: Scan,
): AsyncGenerator<RecordText> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let held = new Uint8Array(64 * 1024);
  let length = 0;
  let line = 1;
  let lineBreaks = 0;

  function hold(part: Uint8Array): void {
    const end = length + part.length;
    if (end <= MAX_RECORD) {
      if (end > held.length) held = grown(held, end);
      held.set(part, length);
    }
    length = end;
    lineBreaks += countLineBreaks(part);
  }

  function finish(): RecordText {
    const record = length > MAX_RECORD
      ? { line, error: TOO_LONG }
      : decoded(decoder, line, held.subarray(0, length));
    line += lineBreaks;
    length = lineBreaks = 0;
    return record;
  }

  for await (const chunk of utf8(body, { charset })) {
    for (let from = 0; from < chunk.length;) {
      const end = scan(chunk, from);
      if (end === -1) {
        hold(chunk.subarray(from));
        break;
      }
      hold(chunk.subarray(from, end));
      yield finish();
      from = end;
    }
  }
  if (length > 0) yield finish();
}

/** A record ends with its line. */
export const endOfLine: Scan = (chunk, from) => {
  const newline = chunk.indexOf(0x0A, from);
  return newline === -1 ? -1 : newline + 1;
};

function decoded(decoder: TextDecoder, line: number, bytes: Uint8Array): RecordText {
  try {
    return { line, text: decoder.decode(bytes) };
  } catch {
    return { line, error: NOT_UTF8 };
  }
}

function grown(held: Uint8Array, atLeast: number): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(Math.min(MAX_RECORD, Math.max(atLeast, 2 * held.length)));
  larger.set(held);
  return larger;
}

function countLineBreaks(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(0x0A); at !== -1; at = bytes.indexOf(0x0A, at + 1)) count++;
  return count;
}
