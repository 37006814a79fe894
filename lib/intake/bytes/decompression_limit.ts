/** Text is packed 3 to 20 times, repetitive logs 100 times; gzip can do 1,032 times. */
const MAX_RATIO = 200;
/** So much may be unpacked, in bytes, before the ratio counts. */
const FREE_BYTES = 1024 * 1024;

/** The data unpacks to more than is allowed. */
export class DecompressionLimitError extends TypeError {}

/** Limits the ratio of unpacked to packed data, over all its layers and files. */
export interface DecompressionLimit {
  /** Counts the bytes of the packed data itself. */
  counted(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array>;
  /** Counts what was unpacked. Throws an `DecompressionLimitError` when it is more than 200 times the packed data. */
  written(bytes: number, packing: string): void;
}

export function createDecompressionLimit(): DecompressionLimit {
  let read = 0;
  let written = 0;
  return {
    async *counted(packed) {
      for await (const chunk of packed) {
        read += chunk.length;
        yield chunk;
      }
    },
    written(bytes, packing) {
      written += bytes;
      if (written <= FREE_BYTES || written <= MAX_RATIO * read) return;
      throw new DecompressionLimitError(
        `Cannot unpack the ${packing} data: it unpacks to more than ${MAX_RATIO} times its size`,
      );
    },
  };
}
