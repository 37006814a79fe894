import type { Transform } from "node:stream";
import { createBrotliDecompress } from "node:zlib";
import { sleep } from "../../runtime/sleep.ts";
import type { Yielder } from "../yield_to_event_loop.ts";

/** The chunk size of compressed data, in bytes: they unpack to at most a thousand times as much. */
export const STEP = 16 * 1024;

/** A decompressor that is fed step by step. */
interface Decompressor {
  /** The pieces unpacked so far that were not taken. */
  pieces: Uint8Array[];
  /** Resolves once all that the bytes unpack to is in `pieces`. */
  write(bytes: Uint8Array): Promise<void>;
  /** Resolves at the end of the data; rejects if they are truncated. */
  end(): Promise<void>;
  /** Whether the data ended of itself, before all bytes were written. */
  isEnded(): boolean;
  close(): void;
}

/**
 * Decompresses a stream. What precedes an error is yielded before it is thrown, however the data is divided into
 * chunks.
 */
export async function* decompressed(
  packed: AsyncIterable<Uint8Array>,
  decompressor: Decompressor,
  yielder: Yielder,
): AsyncGenerator<Uint8Array> {
  const { pieces } = decompressor;
  try {
    for await (const chunk of packed) {
      for (let at = 0; at < chunk.length; at += STEP) {
        await yielder.yieldIfDue();
        await decompressor.write(chunk.subarray(at, at + STEP));
        yield* pieces.splice(0);
      }
    }
    await decompressor.end();
    yield* pieces.splice(0);
  } catch (error) {
    yield* pieces.splice(0);
    throw error;
  } finally {
    decompressor.close();
  }
}

/** A decompressor of node:zlib. */
export function nodeDecompressor(stream: Transform): Decompressor {
  const pieces: Uint8Array[] = [];
  const failed = new Promise<never>((_, reject) => void stream.once("error", reject));
  failed.catch(() => {});
  let isEnded = false;
  const ended = new Promise<void>((resolve) =>
    void stream.once("end", () => {
      isEnded = true;
      resolve();
    })
  );
  stream.on("data", (piece: Uint8Array) => void pieces.push(piece));
  return {
    pieces,
    async write(bytes) {
      const written = new Promise<void>((resolve) => void stream.write(bytes, () => resolve()));
      await Promise.race([written, failed, ended]);
      while (stream.readableLength > 0) await nextTurn();
    },
    async end() {
      stream.end();
      await Promise.race([ended, failed]);
    },
    isEnded: () => isEnded,
    close: () => void stream.destroy(),
  };
}

/**
 * A decompressor of brotli. That of node:zlib does not detect truncated data, and that of the web platform discards
 * most of what precedes them, so that the one unpacks and the other checks.
 */
export function brotliDecompressor(): Decompressor {
  const data = nodeDecompressor(createBrotliDecompress());
  const check = new DecompressionStream("brotli" as CompressionFormat);
  const checked = check.readable.pipeTo(new WritableStream());
  checked.catch(() => {});
  const writer = check.writable.getWriter();
  writer.closed.catch(() => {});
  return {
    pieces: data.pieces,
    async write(bytes) {
      await data.write(bytes);
      await writer.write(new Uint8Array(bytes));
    },
    async end() {
      await data.end();
      await writer.close();
      await checked;
    },
    isEnded: data.isEnded,
    close() {
      data.close();
      writer.abort().catch(() => {});
    },
  };
}

function nextTurn(): Promise<void> {
  return sleep(0);
}
