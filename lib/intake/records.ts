import { joinBytes } from "./bytes/join_bytes.ts";
import { BAD_BYTES, MAX_RECORD, TOO_LONG } from "./parsed.ts";

/** A format's scanner of record boundaries. The formats' syntax is ASCII, so it works on bytes. */
export interface RecordFormat {
  /**
   * Returns the end of the record that continues at `from`: the index after its last byte (`from` itself if
   * that byte starts the next record), or -1 if it continues after this chunk. Stateful across chunks.
   */
  scan(chunk: Uint8Array, from: number): number;
  /** Whether the record that just ended has a syntax error. */
  isDamaged?(): boolean;
  /**
   * Returns the likely start of the next record within a damaged or unclosed one, or -1. `scan` then resumes
   * there.
   */
  recover?(record: Uint8Array): number;
}

/** A record's text, including its terminator, or why it is rejected. */
export type RecordText = { line: number; text: string } | { line: number; error: string };

/** The budget of bytes to scan again: initially, and per byte read. Bounds the time. */
const RESCANNED_AT_FIRST = 16 * 1024 * 1024;
const RESCANNED_PER_BYTE = 4;

/**
 * Splits a text into records, and yields those that each chunk ends; they are scanned while they are iterated, to the
 * end before the next ones. After a damaged one, scanning resumes after its first line, or where the next one
 * seems to start. A record over the limit is skipped without buffering.
 */
export async function* records(
  body: AsyncIterable<Uint8Array>,
  format: RecordFormat,
): AsyncGenerator<Iterable<RecordText>> {
  const held = heldRecord();
  let mayRescan = RESCANNED_AT_FIRST;

  /** Rejects the start of a damaged record; returns the text to scan again, or null. */
  function recover(): Uint8Array | null {
    const record = held.bytes();
    if (held.isTooLong() || mayRescan < record.length) return null;
    const at = format.recover?.(record) ?? -1;
    if (at <= 0) return null;
    mayRescan -= record.length;
    return held.cutAt(at);
  }

  function* cut(chunk: Uint8Array): Generator<RecordText> {
    let from = 0;
    while (from < chunk.length) {
      const end = format.scan(chunk, from);
      const part = chunk.subarray(from, end === -1 ? chunk.length : end);
      const fitting = MAX_RECORD - held.length();
      if (end === -1 && fitting >= 0 && part.length > fitting) {
        // The buffered part is searched for the next record; the rest follows it.
        held.add(part.subarray(0, fitting));
        const rest = recover();
        if (rest !== null) {
          yield held.finish();
          chunk = joinBytes(rest, part.subarray(fitting));
          from = 0;
          continue;
        }
        held.add(part.subarray(fitting));
        return;
      }
      if (end !== -1 && !format.isDamaged?.()) {
        yield held.finish(part);
        from = end;
        continue;
      }
      held.add(part);
      if (end === -1) return;
      const rest = recover();
      yield held.finish();
      chunk = rest === null ? chunk : joinBytes(rest, chunk.subarray(end));
      from = rest === null ? end : 0;
    }
  }

  function* cutEnd(): Generator<RecordText> {
    while (held.length() > 0) {
      const rest = format.isDamaged?.() ? recover() : null;
      yield held.finish();
      if (rest === null) break;
      yield* cut(rest);
    }
  }

  for await (const chunk of body) {
    mayRescan += RESCANNED_PER_BYTE * chunk.length;
    yield cut(chunk);
  }
  yield cutEnd();
}

/** Buffers the record that is being scanned, up to the limit, and counts the lines. */
function heldRecord() {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let held = new Uint8Array(64 * 1024);
  let length = 0;
  let line = 1;
  let lineBreaks = 0;

  function add(part: Uint8Array): void {
    const end = length + part.length;
    if (end <= MAX_RECORD) {
      if (end > held.length) held = grown(held, end);
      held.set(part, length);
    }
    length = end;
    lineBreaks += countLineBreaks(part);
  }

  const bytes = () => held.subarray(0, Math.min(length, MAX_RECORD));
  const isTooLong = () => length > MAX_RECORD;
  return {
    add,
    bytes,
    isTooLong,
    length: () => length,
    /** Keeps the bytes before `at`; returns the others. */
    cutAt(at: number): Uint8Array {
      const rest = bytes().slice(at);
      length = at;
      lineBreaks = countLineBreaks(bytes());
      return rest;
    },
    /** Returns the record, which ends with `last`; a whole record is not copied. */
    finish(last?: Uint8Array): RecordText {
      const isWhole = last !== undefined && length === 0 && last.length <= MAX_RECORD;
      if (last !== undefined && !isWhole) add(last);
      const record = isTooLong()
        ? { line, error: TOO_LONG }
        : decoded(decoder, line, isWhole ? last : bytes());
      line += isWhole ? countLineBreaks(last) : lineBreaks;
      length = lineBreaks = 0;
      return record;
    },
  };
}

/** The scanner of formats with one record per line. */
export const endOfLine = (chunk: Uint8Array, from: number): number => {
  const newline = chunk.indexOf(0x0A, from);
  return newline === -1 ? -1 : newline + 1;
};

function decoded(decoder: TextDecoder, line: number, bytes: Uint8Array): RecordText {
  try {
    return { line, text: decoder.decode(bytes) };
  } catch {
    return { line, error: BAD_BYTES };
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
