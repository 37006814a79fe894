import { createZstdDecompress } from "node:zlib";
import { BROTLI_HEAD, mayBeBrotli } from "./brotli_evidence.ts";
import { peekStream } from "../peek_stream.ts";
import { CHECKSUM_MISMATCH } from "./checksum_mismatch.ts";
import { brotliDecompressor, decompressed, nodeDecompressor } from "./decompress.ts";
import { gunzipped } from "./gzip_members.ts";
import { zstdFrames } from "./zstd_frames.ts";
import { createYielder, type Yielder } from "../yield_to_event_loop.ts";
import {
  createDecompressionLimit,
  type DecompressionLimit,
  DecompressionLimitError,
} from "./decompression_limit.ts";

/** The supported compressions. Brotli has no signature; see `isBrotli`. */
export type Packing = "gzip" | "zstd" | "brotli";

type Unpack = (
  packed: AsyncIterable<Uint8Array>,
  say: (note: string) => void,
  yielder: Yielder,
) => AsyncIterable<Uint8Array>;

/** The end of the message of the runtime's zstd decoder. */
const ZSTD_CHECKSUM = "doesn't match checksum";

const PACKINGS: Record<Packing, Unpack> = {
  gzip: gunzipped,
  zstd: (packed, say, yielder) =>
    decompressed(zstdFrames(packed, say), nodeDecompressor(createZstdDecompress(), yielder)),
  brotli: (packed, _, yielder) => decompressed(packed, brotliDecompressor(yielder)),
};

/** The nesting limit, for a `.jsonl.gz` sent with `Content-Encoding: gzip`. Deeper nesting is an attack. */
const MOST_LAYERS = 3;

/** `limit` is that of the archive that the stream is in, if any; `yielder` is that of the input. */
interface UnpackOptions {
  /** Called with a sentence about what was skipped. */
  say(note: string): void;
  limit?: DecompressionLimit;
  yielder?: Yielder;
}

/**
 * Decompresses a stream, detected by its signature: gzip (also multi-member) and zstd. `said` is the declared
 * compression, which matters for Brotli only and is ignored for text. Throws a `TypeError` if the data is corrupt or truncated, or decompresses to more than 200 times its
 * size (decompression bomb).
 */
export async function* unpacked(
  stream: AsyncIterable<Uint8Array>,
  said: Packing | null,
  { say, limit: outer, yielder = createYielder() }: UnpackOptions,
): AsyncGenerator<Uint8Array> {
  const limit = outer ?? createDecompressionLimit();
  let body = outer === undefined ? limit.counted(stream) : stream;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const mayBe = layer === 0 && said === "brotli";
    const { head, body: whole } = await peekStream(body, mayBe ? BROTLI_HEAD : 4);
    const packing = packingOf(head) ?? (mayBe && mayBeBrotli(head) ? said : null);
    body = packing === null ? whole : unpack(whole, packing, { say, limit, yielder });
    if (packing === null) break;
  }
  yield* body;
}

function packingOf([a, b, c, d]: Uint8Array): Packing | null {
  if (a === 0x1F && b === 0x8B) return "gzip";
  if (a === 0x28 && b === 0xB5 && c === 0x2F && d === 0xFD) return "zstd";
  return null;
}

async function* unpack(
  packed: AsyncIterable<Uint8Array>,
  packing: Packing,
  { say, limit, yielder }: Required<UnpackOptions>,
): AsyncGenerator<Uint8Array> {
  let failure: unknown;
  async function* source() {
    try {
      yield* packed;
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  try {
    for await (const chunk of PACKINGS[packing](source(), say, yielder)) {
      limit.written(chunk.length, packing);
      yield chunk;
    }
  } catch (cause) {
    const isForeign = cause === failure || yielder.signal?.aborted;
    if (isForeign || cause instanceof DecompressionLimitError) throw cause;
    const message = cause instanceof Error ? cause.message : String(cause);
    if (message.startsWith("Cannot unpack")) throw cause;
    const reason = message.endsWith(ZSTD_CHECKSUM) ? CHECKSUM_MISMATCH : message;
    throw new TypeError(`Cannot unpack the ${packing} data: ${reason}`, { cause });
  }
}
