import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { expected } from "../../lib/intake/format_name.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { bodyOf, bytesOf } from "../support/byte_stream.ts";

const LINE = '{"title":"t","content":"c"}\n';

/** One entry of a tar archive. */
function entry(name: string, text: string, { type = "0", prefix = "" } = {}): Uint8Array {
  const data = bytesOf(text);
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${data.length.toString(8).padStart(11, "0")}\0`, 124);
  header.write(type, 156);
  header.write("ustar\x0000", 257);
  header.write(prefix, 345);
  return Buffer.concat([header, data, Buffer.alloc((512 - data.length % 512) % 512)]);
}

async function read(bytes: Uint8Array, lengths: number[]): Promise<string[]> {
  const parsed = await Array.fromAsync(readInput(bodyOf(bytes, lengths), expected({})));
  return parsed.map((one) =>
    one.kind === "article" ? one.article.title : one.kind === "note" ? one.note : one.error
  );
}

Deno.test("every file of a tar archive is read, by its full name", async () => {
  const tar = Buffer.concat([
    entry("news", "", { type: "5" }),
    entry("a.jsonl", LINE, { prefix: "news" }),
    entry("b.png", "\x89PNG", { prefix: "news" }),
    entry("._a.jsonl", "junk"),
    entry("././@LongLink", `${"长".repeat(60)}.csv\0`, { type: "L" }),
    entry("cut", "title,content\nt,c\n"),
    entry("x", "13 path=c.md\n", { type: "x" }),
    entry("c", "{broken"),
    entry("d.jsonl", "{broken"),
    Buffer.alloc(1024),
  ]);
  for (const bytes of [tar, gzipSync(tar)]) {
    for (const lengths of [[1_000_000], [7], [511, 1]]) {
      const [...lines] = await read(bytes, lengths);
      assert.match(lines.pop()!, /^d\.jsonl: the record is not JSON/);
      const skipped = "news/b.png: it is in no format that is read";
      assert.deepEqual(lines, ["t", skipped, "t", ""], `${lengths}`);
    }
  }
});

Deno.test("a tar archive that is cut off yields its complete files, and one rejection", async () => {
  const tar = Buffer.concat([entry("a.jsonl", LINE), entry("b.jsonl", LINE.repeat(50))]);
  const lines = await read(tar.subarray(0, 2_000), [1_000]);
  assert.equal(lines[0], "t");
  const error = "b.jsonl: Cannot unpack the tar data: it is cut off";
  assert.deepEqual(lines.filter((line) => line !== "t"), [error]);
});
