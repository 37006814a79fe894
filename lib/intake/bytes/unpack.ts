import { pipeline, Readable, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createZstdDecompress } from "node:zlib";
import { peeked } from "../peeked.ts";
import { createUnpackedRatio, type UnpackedRatio } from "./unpacked_ratio.ts";

/** The supported compressions. Brotli has no signature, so it must be declared. */
export type Packing = "gzip" | "zstd" | "brotli";

const PACKINGS: Record<Packing, () => Transform> = {
  gzip: createGunzip,
  zstd: createZstdDecompress,
  brotli: createBrotliDecompress,
};

/** The nesting limit, for a `.jsonl.gz` sent with `Content-Encoding: gzip`. Deeper nesting is an attack. */
const MOST_LAYERS = 3;

/**
 * Decompresses a stream, detected by its signature: gzip (also multi-member) and zstd. `said` is the declared
 * compression, which matters for Brotli only. `outer` is the ratio of the archive that the stream is in. Throws a
 * `TypeError` if the data is corrupt or truncated, or decompresses to more than 200 times its size (decompression
 * bomb).
 */
export async function* unpacked(
  stream: AsyncIterable<Uint8Array>,
  said: Packing | null,
  outer?: UnpackedRatio,
): AsyncGenerator<Uint8Array> {
  const ratio = outer ?? createUnpackedRatio();
  let body = outer === undefined ? ratio.counted(stream) : stream;
  for (let layer = 0; layer < MOST_LAYERS; layer++) {
    const { head, body: whole } = await peeked(body, 4);
    const packing = packingOf(head) ?? (layer === 0 && said === "brotli" ? said : null);
    body = packing === null ? whole : unpack(whole, packing, ratio);
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
  ratio: UnpackedRatio,
): AsyncGenerator<Uint8Array> {
  const unpacking = PACKINGS[packing]();
  // The loop below throws the errors of either side.
  pipeline(Readable.from(packed), unpacking, () => {});
  try {
    for await (const chunk of unpacking) {
      ratio.written(chunk.length, packing);
      yield chunk;
    }
  } catch (cause) {
    if (!isPackingError(cause)) throw cause;
    throw new TypeError(`Cannot unpack the ${packing} data: ${cause.message}`, { cause });
  }
}

function isPackingError(error: unknown): error is Error {
  return error instanceof Error && "code" in error &&
    /^(Z_|ZSTD_|ERR__?ERROR|ERR_BROTLI|ERR_ZSTD)/.test(String(error.code));
}
