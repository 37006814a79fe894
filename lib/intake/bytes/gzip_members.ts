import { followedBy } from "./followed_by.ts";
import { joinBytes } from "./join_bytes.ts";
import { crc32, createInflateRaw } from "node:zlib";
import { CHECKSUM_MISMATCH } from "./checksum_mismatch.ts";
import type { Yielder } from "../yield_to_event_loop.ts";
import { nodeDecompressor, STEP } from "./decompress.ts";

const MAGIC = [0x1F, 0x8B, 8];
const HEADER_BYTES = 10;
/** The CRC-32 and the length modulo 2^32. */
const TRAILER_BYTES = 8;
/** Flags of a header (RFC 1952). */
const HAS_CHECKSUM = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;
/** The limit of a header's optional parts, in bytes. */
const LONGEST_PART = 64 * 1024;

/**
 * Decompresses gzip data with one member or several (RFC 1952). Zeros after a member are padding; `say` is called
 * with a sentence about any other bytes there, which are skipped. Throws an `Error` if the data is corrupt or
 * truncated, after yielding what precedes the damage. The runtime's decoder throws at bytes after the data, and
 * discards what is in the same chunk.
 */
export async function* gunzipped(
  packed: AsyncIterable<Uint8Array>,
  say: (note: string) => void,
  yielder: Yielder,
): AsyncGenerator<Uint8Array> {
  const input = buffered(packed);
  try {
    do {
      await yielder.yieldIfDue();
      await skipHeader(input);
      yield* inflatedMember(input, yielder);
    } while (await startsMember(input));
    const skipped = await skipRest(input);
    if (skipped > 0) say(followedBy("gzip", skipped));
  } finally {
    await input.close();
  }
}

/** A stream whose next bytes can be looked at before they are consumed. */
interface Buffered {
  /** Resolves to the buffered bytes: at least `length` of them, unless the stream ends before. */
  ahead(length: number): Promise<Uint8Array>;
  consume(length: number): void;
  close(): Promise<void>;
}

function buffered(stream: AsyncIterable<Uint8Array>): Buffered {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array();
  let isDone = false;
  return {
    async ahead(length) {
      while (held.length < length && !isDone) {
        const next = await chunks.next();
        if (next.done) isDone = true;
        else held = joinBytes(held, next.value);
      }
      return held;
    },
    consume: (length) => void (held = held.subarray(length)),
    close: async () => void await chunks.return?.(),
  };
}

/** Skips zeros, which pad members, and returns whether another member follows. */
async function startsMember(input: Buffered): Promise<boolean> {
  for (;;) {
    const bytes = await input.ahead(1);
    const zeros = bytes.findIndex((byte) => byte !== 0);
    input.consume(zeros === -1 ? bytes.length : zeros);
    if (zeros !== -1 || bytes.length === 0) break;
  }
  const start = await input.ahead(HEADER_BYTES);
  return start.length >= HEADER_BYTES && MAGIC.every((byte, at) => start[at] === byte);
}

async function skipHeader(input: Buffered): Promise<void> {
  const [, , method, flags = 0] = await take(input, HEADER_BYTES);
  if (method !== MAGIC[2]) throw new Error("incorrect header check");
  if ((flags & HAS_EXTRA) !== 0) {
    const [low = 0, high = 0] = await take(input, 2);
    await take(input, low + high * 256);
  }
  if ((flags & HAS_NAME) !== 0) await skipText(input);
  if ((flags & HAS_COMMENT) !== 0) await skipText(input);
  if ((flags & HAS_CHECKSUM) !== 0) await take(input, 2);
}

/** Skips a text that a zero byte ends. */
async function skipText(input: Buffered): Promise<void> {
  for (let length = 1; length <= LONGEST_PART; length++) {
    const bytes = await take(input, 1);
    if (bytes[0] === 0) return;
  }
  throw new Error("incorrect header check");
}

/** Yields the data of one member, whose header was consumed. */
async function* inflatedMember(input: Buffered, yielder: Yielder): AsyncGenerator<Uint8Array> {
  const stream = createInflateRaw();
  const inflate = nodeDecompressor(stream, yielder);
  let checksum = 0;
  let size = 0;
  try {
    while (!inflate.isEnded()) {
      const chunk = (await input.ahead(1)).subarray(0, STEP);
      const before = stream.bytesWritten;
      const pieces = chunk.length > 0 ? inflate.write(chunk) : inflate.end();
      for await (const piece of pieces) {
        checksum = crc32(piece, checksum);
        size += piece.length;
        yield piece;
      }
      input.consume(stream.bytesWritten - before);
    }
  } finally {
    inflate.close();
  }
  const trailer = await take(input, TRAILER_BYTES);
  const view = new DataView(trailer.buffer, trailer.byteOffset);
  if (view.getUint32(0, true) !== checksum || view.getUint32(4, true) !== size % 2 ** 32) {
    throw new Error(CHECKSUM_MISMATCH);
  }
}

/** Returns the number of bytes left in the input. */
async function skipRest(input: Buffered): Promise<number> {
  for (let count = 0;;) {
    const { length } = await input.ahead(1);
    if (length === 0) return count;
    count += length;
    input.consume(length);
  }
}

async function take(input: Buffered, length: number): Promise<Uint8Array> {
  const bytes = (await input.ahead(length)).slice(0, length);
  if (bytes.length < length) throw new Error("unexpected end of file");
  input.consume(length);
  return bytes;
}
