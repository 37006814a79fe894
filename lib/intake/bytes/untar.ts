import type { Yielder } from "../yield_to_event_loop.ts";
import type { ArchivedFile } from "./unzip.ts";

const BLOCK = 512;
/** The offset of `ustar` in the header of a file. */
const MARK = 257;
/** The types of entries: a file; the name of the next one in GNU's format, and in that of POSIX. */
const FILE = ["0", "\0", "7"];
const LONG_NAME = "L";
const ATTRIBUTES = "x";
const LONGEST_NAME = 64 * 1024;

/** Whether data start like a tar archive. */
export function isTar(head: Uint8Array): boolean {
  return new TextDecoder("latin1").decode(head.subarray(MARK, MARK + 5)) === "ustar";
}

/**
 * Yields the files of a tar archive in order while streaming, without folders and links. Each body must be read before
 * the next file is requested; the unread rest is skipped. Throws a `TypeError` if the data is truncated or corrupt.
 */
export async function* untarred(
  stream: AsyncIterable<Uint8Array>,
  yielder: Yielder,
): AsyncGenerator<ArchivedFile> {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array();

  /** Resolves to at most `length` of the next bytes, at least one. */
  async function some(length: number): Promise<Uint8Array> {
    while (held.length === 0) {
      const next = await chunks.next();
      if (next.done) throw new TypeError("Cannot unpack the tar data: it is cut off");
      held = next.value;
    }
    const taken = held.subarray(0, length);
    held = held.subarray(taken.length);
    return taken;
  }

  async function whole(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length;) {
      const part = await some(length - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  async function* pieces(state: { left: number }): AsyncGenerator<Uint8Array> {
    while (state.left > 0) {
      const piece = await some(state.left);
      state.left -= piece.length;
      yield piece;
    }
  }

  try {
    let longName: string | null = null;
    for (;;) {
      await yielder.yieldIfDue();
      const header = await whole(BLOCK);
      if (header.every((byte) => byte === 0)) {
        // The checksum of compressed data is behind the archive's end.
        for (let next = await chunks.next(); !next.done; next = await chunks.next());
        return;
      }
      if (!isTar(header)) throw new TypeError("Cannot unpack the tar data: it is broken");
      const size = sizeIn(header);
      const padding = (BLOCK - size % BLOCK) % BLOCK;
      const type = String.fromCharCode(header[156]!);
      if ((type === LONG_NAME || type === ATTRIBUTES) && size <= LONGEST_NAME) {
        const text = new TextDecoder().decode(await whole(size));
        longName = type === LONG_NAME
          ? text.replace(/\0.*$/s, "")
          : /^\d+ path=(.*)$/m.exec(text)?.[1] ?? longName;
        await whole(padding);
        continue;
      }
      const state = { left: size };
      if (FILE.includes(type)) yield { name: longName ?? nameIn(header), body: pieces(state) };
      longName = null;
      for await (const _ of pieces(state));
      await whole(padding);
    }
  } finally {
    await chunks.return?.();
  }
}

/** Sizes are octal; those beyond 8 GB are binary, with the highest bit set. */
function sizeIn(header: Uint8Array): number {
  const field = header.subarray(124, 136);
  if ((field[0]! & 0x80) !== 0) return field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0);
  const size = Number.parseInt(textIn(field).trim() || "0", 8);
  if (Number.isNaN(size)) throw new TypeError("Cannot unpack the tar data: it is broken");
  return size;
}

function nameIn(header: Uint8Array): string {
  const prefix = textIn(header.subarray(345, 500));
  const name = textIn(header.subarray(0, 100));
  return prefix === "" ? name : `${prefix}/${name}`;
}

/** Returns the text up to a zero byte. */
function textIn(field: Uint8Array): string {
  const end = field.indexOf(0);
  return new TextDecoder().decode(end === -1 ? field : field.subarray(0, end));
}
