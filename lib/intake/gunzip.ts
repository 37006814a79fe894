import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";

/**
 * Unpacks gzip as it comes, files of several members included, which the web platform's own
 * `DecompressionStream` refuses. Throws where the data is broken or cut off.
 */
export async function* gunzip(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const unpacked = createGunzip();
  // Errors of either side come out of the loop below.
  pipeline(Readable.from(body), unpacked, () => {});
  try {
    for await (const chunk of unpacked) yield chunk;
  } catch (cause) {
    if (!isZlibError(cause)) throw cause;
    throw new TypeError(`Cannot unpack the gzip data: ${cause.message}`, { cause });
  }
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
}
