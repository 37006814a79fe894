import { join } from "node:path";

/** The size of a tar's records in bytes: a header is one, and contents are padded to whole ones. */
const RECORD = 512;
const PIECE_BYTES = 256 * 1024;
/** The fields of a header (POSIX ustar), each with its place and length in bytes. */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  owner: [108, 8],
  group: [116, 8],
  size: [124, 12],
  changed: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;

/**
 * Yields a tar of a folder's contents, in constant memory: files are read in pieces. They must not change meanwhile.
 */
export async function* folderTar(folder: string): AsyncGenerator<Uint8Array> {
  yield* entries(folder, "");
  yield new Uint8Array(2 * RECORD);
}

async function* entries(folder: string, below: string): AsyncGenerator<Uint8Array> {
  for await (const { name, isDirectory } of Deno.readDir(join(folder, below))) {
    const path = below === "" ? name : `${below}/${name}`;
    if (isDirectory) {
      yield header(path, { size: 0, isFolder: true });
      yield* entries(folder, path);
    } else yield* file(join(folder, path), path);
  }
}

async function* file(path: string, name: string): AsyncGenerator<Uint8Array> {
  using opened = await Deno.open(path);
  const { size } = await opened.stat();
  yield header(name, { size, isFolder: false });
  let left = size;
  while (left > 0) {
    // A new buffer, since the consumer may hold on to the previous one.
    const piece = new Uint8Array(Math.min(PIECE_BYTES, left));
    const length = await opened.read(piece);
    if (length === null) throw new Error(`${name} became shorter while it was read`);
    left -= length;
    yield piece.subarray(0, length);
  }
  yield new Uint8Array((RECORD - size % RECORD) % RECORD);
}

function header(
  name: string,
  { size, isFolder }: { size: number; isFolder: boolean },
): Uint8Array {
  const bytes = new Uint8Array(RECORD);
  const write = (field: keyof typeof FIELDS, text: string) => {
    const [at, length] = FIELDS[field];
    const encoded = new TextEncoder().encode(text);
    if (encoded.length > length) throw new Error(`${field} of ${name} is too long for a tar`);
    bytes.set(encoded, at);
  };
  const octal = (field: keyof typeof FIELDS, value: number) =>
    write(field, value.toString(8).padStart(FIELDS[field][1] - 1, "0"));
  write("name", name);
  octal("mode", isFolder ? 0o700 : 0o600);
  octal("owner", 0);
  octal("group", 0);
  octal("size", size);
  octal("changed", Math.floor(Date.now() / 1_000));
  write("type", isFolder ? "5" : "0");
  write("magic", "ustar\u000000");
  // The checksum is computed as if its field had spaces.
  write("checksum", " ".repeat(8));
  const sum = bytes.reduce((total, byte) => total + byte, 0);
  write("checksum", `${sum.toString(8).padStart(6, "0")}\0 `);
  return bytes;
}
