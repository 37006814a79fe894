import { followedBy } from "./followed_by.ts";

const FRAME = 0xFD2FB528;
/** Skippable frames hold data of other programs; the last four bits vary. */
const SKIPPABLE = 0x184D2A50;
const RUN_BLOCK = 1;

const DICTIONARY_BYTES = [0, 1, 2, 4];
const SIZE_BYTES = [0, 2, 4, 8];
const CHECKSUM_BYTES = 4;

/** The part of a frame that comes next, and its length in bytes. Headers are read, other parts are passed on. */
interface Part {
  kind:
    | "magic"
    | "descriptor"
    | "header"
    | "block"
    | "content"
    | "checksum"
    | "skip size"
    | "skip"
    | "rest";
  length: number;
}

/**
 * Splits zstd data (RFC 8878) into chunks that do not cross the end of a frame, since the runtime's decoder
 * ignores what follows a frame in the same chunk, and ends silently within a frame. The checksum of a frame is a chunk of
 * its own: where it does not match, the decoder discards what the rest of the chunk unpacks to. Skippable frames are left
 * out. `say` is called with a sentence about other bytes after a frame, which are skipped. Throws a `TypeError` if the data
 * ends within a frame.
 */
export async function* zstdFrames(
  packed: AsyncIterable<Uint8Array>,
  say: (note: string) => void,
): AsyncGenerator<Uint8Array> {
  let part: Part = { kind: "magic", length: 4 };
  let left = part.length;
  /** The little-endian number in the header part read so far. */
  let number = 0;
  /** The magic number's bytes, which may be those of a skippable frame. */
  let held: number[] = [];
  let hasChecksum = false;
  let isLast = false;
  /** The number of bytes after the last frame. */
  let skipped = 0;

  /** Returns the part after a complete one. */
  function next(): Part {
    switch (part.kind) {
      case "magic":
        if (number === FRAME) return { kind: "descriptor", length: 1 };
        if ((number & 0xFFFFFFF0) >>> 0 === SKIPPABLE) return { kind: "skip size", length: 4 };
        return { kind: "rest", length: Infinity };
      case "descriptor": {
        const isSingle = (number & 0x20) !== 0;
        const size = number >> 6;
        hasChecksum = (number & 4) !== 0;
        const length = (isSingle ? 0 : 1) + DICTIONARY_BYTES[number & 3]! +
          (size === 0 && isSingle ? 1 : SIZE_BYTES[size]!);
        return { kind: "header", length };
      }
      case "block": {
        isLast = (number & 1) !== 0;
        const length = ((number >> 1) & 3) === RUN_BLOCK ? 1 : number >> 3;
        return { kind: "content", length };
      }
      case "header":
        return { kind: "block", length: 3 };
      case "content":
        if (!isLast) return { kind: "block", length: 3 };
        return { kind: "checksum", length: hasChecksum ? CHECKSUM_BYTES : 0 };
      case "skip size":
        return { kind: "skip", length: number };
      case "checksum":
      case "skip":
      case "rest":
        return { kind: "magic", length: 4 };
    }
  }

  for await (const chunk of packed) {
    let start = 0;
    for (let at = 0; at < chunk.length;) {
      const length = Math.min(left, chunk.length - at);
      const isNumber = ["magic", "descriptor", "block", "skip size"].includes(part.kind);
      for (let index = at; isNumber && index < at + length; index++) {
        number += chunk[index]! * 2 ** (8 * (part.length - left + index - at));
      }
      if (part.kind === "magic") held.push(...chunk.subarray(at, at + length));
      if (part.kind === "rest") skipped += length;
      at += length;
      left -= length;
      while (left === 0) {
        const { kind } = part;
        part = next();
        left = part.length;
        number = 0;
        if (kind === "magic" && part.kind === "descriptor") yield Uint8Array.from(held);
        if (kind === "magic") {
          if (part.kind === "rest") skipped = held.length;
          held = [];
          start = at;
        } else if (kind === "checksum" || part.kind === "checksum") {
          if (at > start) yield chunk.subarray(start, at);
          start = at;
        } else if (kind === "skip size" || kind === "skip") start = at;
      }
    }
    const isPassed = !["magic", "skip size", "skip", "rest"].includes(part.kind);
    if (isPassed && chunk.length > start) yield chunk.subarray(start);
  }
  if (part.kind === "magic") skipped = held.length;
  if (skipped > 0) say(followedBy("zstd", skipped));
  if (part.kind !== "magic" && part.kind !== "rest") {
    throw new TypeError("Cannot unpack the zstd data: unexpected end of file");
  }
}
