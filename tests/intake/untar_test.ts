import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { expected } from "../../lib/intake/format_name.ts";
import { readInput } from "../../lib/intake/read_input.ts";
import { allOf, bodyOf } from "../support/byte_stream.ts";
import { tarEntry } from "../support/tar_entry.ts";

const LINE = '{"title":"t","content":"c"}\n';

async function read(bytes: Uint8Array, lengths: number[]): Promise<string[]> {
  const parsed = await allOf(readInput(bodyOf(bytes, lengths), expected({})));
  return parsed.map((one) =>
    one.kind === "article" ? one.article.title : one.kind === "note" ? one.note : one.error
  );
}

Deno.test("every file of a tar archive is read, by its full name", async () => {
  const tar = Buffer.concat([
    tarEntry("news", "", { type: "5" }),
    tarEntry("a.jsonl", LINE, { prefix: "news" }),
    tarEntry("b.png", "\x89PNG", { prefix: "news" }),
    tarEntry("._a.jsonl", "junk"),
    tarEntry("././@LongLink", `${"长".repeat(60)}.csv\0`, { type: "L" }),
    tarEntry("cut", "title,content\nt,c\n"),
    tarEntry("x", "13 path=c.md\n", { type: "x" }),
    tarEntry("c", "{broken"),
    tarEntry("d.jsonl", "{broken"),
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
  const tar = Buffer.concat([tarEntry("a.jsonl", LINE), tarEntry("b.jsonl", LINE.repeat(50))]);
  const lines = await read(tar.subarray(0, 2_000), [1_000]);
  assert.equal(lines[0], "t");
  const error = "b.jsonl: Cannot unpack the tar data: it is cut off";
  assert.deepEqual(lines.filter((line) => line !== "t"), [error]);
});

Deno.test("damage of a compressed tar archive is one rejection, also behind its end", async () => {
  const unlike = Array.from(
    { length: 2_000 },
    (_, n) => `{"title":"t","content":"${Math.sin(n)}"}\n`,
  );
  const files = [tarEntry("a.jsonl", LINE), tarEntry("b.jsonl", unlike.join(""))];
  const tar = Uint8Array.from(gzipSync(Buffer.concat([...files, Buffer.alloc(1024)])));
  const wrong = tar.map((byte, at) => at === tar.length - 6 ? byte ^ 1 : byte);
  const cases: [Uint8Array, RegExp][] = [
    [tar.subarray(0, -8), /^Cannot unpack the gzip data: unexpected end of file$/],
    [tar.subarray(0, -1), /^Cannot unpack the gzip data: unexpected end of file$/],
    [wrong, /^Cannot unpack the gzip data: the checksum does not match,/],
    [tar.subarray(0, tar.length / 2), /^b\.jsonl: Cannot unpack the gzip data: unexpected end/],
  ];
  for (const [bytes, error] of cases) {
    const lines = (await read(bytes, [1_000])).filter((line) => line !== "t");
    assert.equal(lines.length, 1, `${lines}`);
    assert.match(lines[0]!, error);
  }
});
