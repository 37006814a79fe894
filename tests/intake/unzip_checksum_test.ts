import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import { strToU8, Zip, ZipDeflate, ZipPassThrough, zipSync } from "fflate";
import { expected } from "../../lib/intake/format_name.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { allOf, bodyOf } from "../support/byte_stream.ts";

const LINE = '{"title":"t","content":"c"}\n';
const DAMAGED = "the checksum does not match, so what was read of it may be wrong";
/** Lengths of chunks, at whose boundaries checksums lie. */
const LENGTHS = [1, 7, 4_096, 100_000];

/** Returns the titles, and the rejections with their line. */
async function read(bytes: Uint8Array, length: number): Promise<string[]> {
  const parsed = await allOf(readInput(bodyOf(bytes, [length]), expected({})));
  return parsed.map((one) =>
    one.kind === "article"
      ? one.article.title
      : one.kind === "note"
      ? one.note
      : `${one.line} ${one.error}`
  );
}

/** Returns a zip as a program writes it that streams: checksums follow the data of each file. */
function streamed(files: Record<string, string>, Entry: typeof ZipDeflate | typeof ZipPassThrough) {
  const chunks: Uint8Array[] = [];
  const zip = new Zip((_, chunk) => chunks.push(chunk));
  for (const [name, text] of Object.entries(files)) {
    const entry = new Entry(name);
    zip.add(entry);
    entry.push(strToU8(text), true);
  }
  zip.end();
  return Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
}

/** Changes the checksum of `text` wherever the zip has it. */
function withWrongChecksum(zip: Uint8Array, text: string): Uint8Array {
  const sum = new Uint8Array(new Uint32Array([crc32(text)]).buffer);
  const isAt = (at: number) => sum.every((byte, index) => zip[at + index] === byte);
  return zip.map((byte, at) => isAt(at) ? byte ^ 1 : byte);
}

const FILES = { "a.jsonl": LINE, "b.jsonl": LINE.repeat(2), "c.jsonl": LINE.repeat(300) };

Deno.test("a file of a zip with a changed byte is rejected, and what was read of it is kept", async () => {
  const zip = zipSync({ "a.jsonl": strToU8(LINE.repeat(2)), "b.jsonl": strToU8(LINE) }, {
    level: 0,
  });
  const changed = zip.with(new TextDecoder("latin1").decode(zip).indexOf('c"}'), 0x78);
  for (const length of LENGTHS) {
    assert.deepEqual(await read(changed, length), ["t", "t", `3 a.jsonl: ${DAMAGED}`, "t"]);
  }
});

Deno.test("a file's checksum is verified wherever a zip has it, and however it is divided", async () => {
  const packed = Object.entries(FILES).map(([name, text]) => [name, strToU8(text)]);
  const zips = [
    zipSync(Object.fromEntries(packed)),
    streamed(FILES, ZipDeflate),
    streamed(FILES, ZipPassThrough),
  ];
  for (const [index, zip] of zips.entries()) {
    for (const length of LENGTHS) {
      const whole = await read(zip, length);
      assert.deepEqual(whole, Array(303).fill("t"), `zip ${index} in ${length}`);
      const broken = await read(withWrongChecksum(zip, FILES["b.jsonl"]), length);
      const rejection = `3 b.jsonl: ${DAMAGED}`;
      assert.deepEqual(broken, whole.toSpliced(3, 0, rejection), `zip ${index} in ${length}`);
    }
  }
});

Deno.test("a zip that ends before its end record does is cut off", async () => {
  const zip = zipSync({ "a.jsonl": strToU8(LINE) }, { comment: "a comment" });
  for (const missing of [1, 9, 10, 30, 31, 40, 70]) {
    const lines = await read(zip.subarray(0, -missing), 7);
    assert.deepEqual(lines, ["t", "1 Cannot unpack the zip data: it is cut off"], `${missing}`);
  }
});

Deno.test("a file whose header is not found by its name is read without its checksum", async () => {
  const files = { "名.jsonl": strToU8(LINE.repeat(1_000)), "b.jsonl": strToU8(LINE.repeat(2_000)) };
  const zip = zipSync(files, { level: 0 });
  // A name in GBK with the flag of UTF-8, as some programs write it.
  const name = strToU8("名");
  const isAt = (at: number) => name.every((byte, index) => zip[at + index] === byte);
  const changed = zip.slice();
  for (let at = 0; at < zip.length; at++) if (isAt(at)) changed.set([0xC3, 0xFB, 0x61], at);
  assert.deepEqual(await read(changed, 4_096), Array(3_000).fill("t"));
});
