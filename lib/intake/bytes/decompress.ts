import type { Transform } from "node:stream";
import { createBrotliDecompress } from "node:zlib";
import type { Yielder } from "../yield_to_event_loop.ts";

/** The number of compressed bytes that are written at a time. */
export const STEP = 16 * 1024;

/** A decompressor that is fed step by step. */
interface Decompressor {
  /** Yields what the bytes unpack to in small pieces, since a few bytes of brotli or zstd unpack to gigabytes. */
  write(bytes: Uint8Array): AsyncIterable<Uint8Array>;
  /** Yields the rest at the end of the data; throws if they are truncated. */
  end(): AsyncIterable<Uint8Array>;
  /** Whether the data ended of itself, before all bytes were written. */
  isEnded(): boolean;
  close(): void;
}

/** Decompresses a stream. What precedes an error is yielded before it is thrown. */
export async function* decompressed(
  packed: AsyncIterable<Uint8Array>,
  decompressor: Decompressor,
): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of packed) {
      for (let at = 0; at < chunk.length; at += STEP) {
        yield* decompressor.write(chunk.subarray(at, at + STEP));
      }
    }
    yield* decompressor.end();
  } finally {
    decompressor.close();
  }
}

/** A decompressor of node:zlib, which unpacks no more than is read. */
export function nodeDecompressor(stream: Transform, yielder: Yielder): Decompressor {
  let isEnded = false;
  let failure: Error | null = null;
  let onChange = () => {};
  stream.on("readable", () => onChange());
  stream.once("end", () => {
    isEnded = true;
    onChange();
  });
  stream.once("error", (error) => {
    failure = error;
    onChange();
  });

  /** Yields the pieces until the work that `start` begins is done, or the data ended. */
  async function* piecesOf(start: (done: () => void) => void): AsyncGenerator<Uint8Array> {
    let isDone = false;
    await yielder.yieldIfDue();
    start(() => {
      isDone = true;
      onChange();
    });
    for (;;) {
      const changed = new Promise<void>((resolve) => onChange = resolve);
      const piece: Uint8Array | null = stream.read();
      if (piece !== null) {
        yield piece;
        await yielder.yieldIfDue();
      } else if (failure !== null) throw failure;
      else if (isEnded || isDone) return;
      else await changed;
    }
  }

  return {
    write: (bytes) => piecesOf((done) => void stream.write(bytes, () => done())),
    // Resolved by the stream's end.
    end: () => piecesOf(() => void stream.end()),
    isEnded: () => isEnded,
    close: () => void stream.destroy(),
  };
}

/**
 * A decompressor of brotli. That of node:zlib does not detect the end of the data: it would read another byte of
 * truncated data, and leaves out bytes after the end.
 */
export function brotliDecompressor(yielder: Yielder): Decompressor {
  const stream = createBrotliDecompress();
  const data = nodeDecompressor(stream, yielder);
  let length = 0;
  return {
    ...data,
    write(bytes) {
      length += bytes.length;
      return data.write(bytes);
    },
    async *end() {
      for await (const piece of data.write(new Uint8Array(1))) {
        // Otherwise, the added byte changed it.
        if (stream.bytesWritten <= length) yield piece;
      }
      if (stream.bytesWritten > length) throw new Error("unexpected end of file");
      if (stream.bytesWritten < length) throw new Error("other bytes follow it");
    },
  };
}
