import { Buffer } from "node:buffer";
import { crc32 } from "node:zlib";
import { Unzip, type UnzipFile, UnzipInflate } from "fflate";
import type { Yielder } from "../yield_to_event_loop.ts";
import { CHECKSUM_MISMATCH } from "./checksum_mismatch.ts";
import { zipHeader } from "./zip_header.ts";
import type { DecompressionLimit } from "./decompression_limit.ts";

/** A file in an archive. Its body throws a `BrokenFileError` if the file's own data is corrupt. */
export interface ArchivedFile {
  name: string;
  body: AsyncIterable<Uint8Array>;
}

/** A single file of a zip cannot be decompressed. */
export class BrokenFileError extends Error {
  override readonly name = "BrokenFileError";
}

interface Entry {
  name: string;
  pieces: Uint8Array[];
  isWhole: boolean;
  /** Why the file cannot be read, if so. */
  fault: string | null;
  /** The CRC-32 by the header; null if it follows the data, or is not known. */
  checksum: string | null;
  isChecksumBehind: boolean;
  /** The CRC-32 of the pieces. */
  found: number;
  /** The number of the archive's bytes that were decompressed when the file ended. */
  endedAt: number;
}

/** The chunk size of decompression: the output is at most a thousand times as large. */
const STEP = 4 * 1024;

/** The signature of a zip's end record, followed by a comment of at most 64 KB. */
const DIRECTORY_END = "PK\x05\x06";
const DIRECTORY_END_BYTES = 22;
/** The maximum length of what follows the data of a file whose header lacks the checksum. */
const DESCRIPTOR_BYTES = 24;
const TAIL = 2 * STEP;
const BROKEN = "it cannot be unpacked";

/** Whether data start like a zip, which may be empty. */
export function isZip([a, b, c, d]: Uint8Array): boolean {
  return a === 0x50 && b === 0x4B && (c === 0x03 && d === 0x04 || c === 0x05 && d === 0x06);
}

/**
 * Yields the files of a zip in order while streaming, without folders. Each body must be read
 * before the next file is requested; the unread rest is skipped. Throws a `TypeError` if the data is corrupt or
 * decompresses to more than 200 times its size.
 */
export async function* unzipped(
  body: AsyncIterable<Uint8Array>,
  limit: DecompressionLimit,
  yielder: Yielder,
): AsyncGenerator<ArchivedFile> {
  const chunks = body[Symbol.asyncIterator]();
  /** Files whose header has arrived, with their received chunks. */
  const files: Entry[] = [];
  const unzip = new Unzip((file) => {
    files.push(startEntry(file, recent, {
      written(length) {
        try {
          limit.written(length, "zip");
        } catch (tooMuch) {
          excess ??= tooMuch;
        }
      },
      position: () => decompressed,
    }));
  });
  unzip.register(UnzipInflate);
  /** The error in the decompressed data, other than corruption. */
  let excess: unknown = null;
  let rest: Uint8Array = new Uint8Array();
  let isDone = false;
  let decompressed = 0;
  /** The last bytes read, which contain the end of the central directory if the zip is complete. */
  let tail = "";
  /** These and the chunk that is decompressed. */
  let recent = "";

  /** Decompresses one more chunk; returns false at the end. */
  async function step(): Promise<boolean> {
    if (isDone) return false;
    while (rest.length === 0) {
      const next = await chunks.next();
      if (next.done) {
        isDone = true;
        return false;
      }
      rest = next.value;
    }
    await yielder.yieldIfDue();
    // The platform's latin1 is Windows-1252.
    recent = tail + Buffer.from(rest.subarray(0, STEP)).toString("latin1");
    decompressed += Math.min(STEP, rest.length);
    try {
      unzip.push(rest.subarray(0, STEP), false);
    } catch (cause) {
      throw new TypeError("Cannot unpack the zip data: it is broken", { cause });
    }
    if (excess !== null) throw excess;
    tail = recent.slice(-TAIL);
    rest = rest.subarray(STEP);
    return true;
  }

  async function* read(entry: Entry): AsyncGenerator<Uint8Array> {
    for (;;) {
      yield* entry.pieces.splice(0);
      if (entry.fault !== null) throw new BrokenFileError(entry.fault);
      if (entry.isWhole && entry.pieces.length === 0) {
        if (!(await isIntact(entry))) throw new BrokenFileError(CHECKSUM_MISMATCH);
        return;
      }
      if (entry.pieces.length === 0 && !(await step())) {
        throw new TypeError("Cannot unpack the zip data: it is cut off");
      }
    }
  }

  /** Whether the checksum of a whole file matches, which may be in the bytes that follow it. */
  async function isIntact({ checksum, isChecksumBehind, found, endedAt }: Entry): Promise<boolean> {
    const wanted = inHeader(found);
    if (!isChecksumBehind) return checksum === null || checksum === wanted;
    while (!recent.includes(wanted)) {
      if (decompressed >= endedAt + DESCRIPTOR_BYTES || !(await step())) return false;
    }
    return true;
  }

  try {
    for (;;) {
      while (files.length === 0) {
        if (await step()) continue;
        if (hasDirectoryEnd(tail)) return;
        throw new TypeError("Cannot unpack the zip data: it is cut off");
      }
      await yielder.yieldIfDue();
      const entry = files.shift()!;
      const content = read(entry);
      if (!isFolder(entry.name)) yield { name: entry.name, body: content };
      await skipRest(content);
    }
  } finally {
    await chunks.return?.();
  }
}

/** Starts a file whose header is in `recent` data; its entry gets the pieces that are decompressed from then on. */
function startEntry(
  file: UnzipFile,
  recent: string,
  archive: { written(length: number): void; position(): number },
): Entry {
  const { name, isEncrypted, checksum, isChecksumBehind } = zipHeader(recent, file.name);
  const entry: Entry = {
    name,
    pieces: [],
    isWhole: false,
    fault: null,
    checksum,
    isChecksumBehind,
    found: 0,
    endedAt: 0,
  };
  const fail = (fault: string) => {
    entry.fault = fault;
    entry.isWhole = true;
  };
  file.ondata = (error, piece, isLast) => {
    if (error !== null) fail(BROKEN);
    if (entry.fault !== null) return;
    archive.written(piece.length);
    if (piece.length > 0) entry.pieces.push(piece);
    entry.found = crc32(piece, entry.found);
    entry.isWhole = isLast;
    if (isLast) entry.endedAt = archive.position();
  };
  if (isEncrypted) fail("it is encrypted; unpack it first");
  else {
    try {
      file.start();
    } catch {
      // An unknown compression method.
      fail(BROKEN);
    }
  }
  return entry;
}

/** Returns a CRC-32 as a zip has it, each byte a character. */
function inHeader(checksum: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(checksum);
  return bytes.toString("latin1");
}

/** Whether the archive's end record is there, with all of its comment. */
function hasDirectoryEnd(tail: string): boolean {
  for (let at = tail.indexOf(DIRECTORY_END); at !== -1; at = tail.indexOf(DIRECTORY_END, at + 1)) {
    const start = at + DIRECTORY_END_BYTES;
    const comment = tail.charCodeAt(start - 2) + 256 * tail.charCodeAt(start - 1);
    if (start + comment <= tail.length) return true;
  }
  return false;
}

function isFolder(name: string): boolean {
  return name.endsWith("/");
}

/** Reads the unread rest of a file, which may be corrupt, up to the next file. */
async function skipRest(content: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    for await (const _ of content);
  } catch (error) {
    if (!(error instanceof BrokenFileError)) throw error;
  }
}
