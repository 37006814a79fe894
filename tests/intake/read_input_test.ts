import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { strToU8, zipSync } from "fflate";
import { readFieldMap } from "../../lib/intake/field_map.ts";
import { type Declared, expected } from "../../lib/intake/format_name.ts";
import { type InputOptions, readInput } from "../../lib/intake/read_input.ts";
import { allOf, bodyOf } from "../support/byte_stream.ts";

async function read(
  input: string | Uint8Array,
  declared: Declared = {},
  options: InputOptions = {},
): Promise<string[]> {
  const parsed = await allOf(readInput(bodyOf(input, [3]), expected(declared), options));
  return parsed.map((one) =>
    one.kind === "article"
      ? one.article.title
      : one.kind === "note"
      ? `~ ${one.note}`
      : `! ${one.error}`
  );
}

const JSON_LINE = '{"title":"t","content":"c"}\n';
const FEED = "<rss><item><title>t</title></item></rss>";

Deno.test("the format is detected by content if it is undeclared or declared wrong", async () => {
  const inputs = [
    JSON_LINE,
    `[${JSON_LINE}]`,
    '{"articles":[{"title":"t","content":"c"}]}',
    "title,content\nt,c\n",
    "标题\t正文\nt\tc\n",
    "sep=;\ntitle;content\nt;c",
    `<?xml version="1.0"?>${FEED}`,
    FEED,
    "<!DOCTYPE html><title>t</title><p>c",
    "<p>c",
  ];
  for (const input of inputs) {
    const wanted = input === "<p>c" ? [""] : ["t"];
    assert.deepEqual(await read(input), wanted, input);
    assert.deepEqual(await read(input, { contentType: "application/octet-stream" }), wanted, input);
  }
  assert.deepEqual(await read(FEED, { contentType: "text/html" }), ["t"]);
  assert.deepEqual(await read(`[${JSON_LINE}]`, { fileName: "a.jsonl" }), ["t"]);
  assert.deepEqual(await read("{t}\nc", { contentType: "text/plain" }), ["{t}"]);
});

Deno.test("records in a file that is only named .txt are read as records", async () => {
  const fileName = "export.txt";
  assert.deepEqual(await read(JSON_LINE.repeat(2), { fileName }), ["t", "t"]);
  assert.deepEqual(await read("标题\t正文\n甲\t乙\n", { fileName }), ["甲"]);
  assert.deepEqual(await read('{"a": 1}\ntext', { fileName }), ['{"a": 1}']);
  assert.deepEqual(await read("Text, summary\nmore", { fileName }), ["Text, summary"]);
  assert.deepEqual(await read("Title, summary\nt, c", { fileName }), ["t"]);
  assert.deepEqual(await read(JSON_LINE, { contentType: "text/plain" }), [JSON_LINE.trim()]);
});

Deno.test("a file's content decides over its name", async () => {
  for (const fileName of ["a.txt", "a.md", "a.html", "a.csv", "a.json"]) {
    assert.deepEqual(await read(`<?xml version="1.0"?>${FEED}`, { fileName }), ["t"], fileName);
    assert.deepEqual(await read(JSON_LINE.repeat(2), { fileName }), ["t", "t"], fileName);
    assert.deepEqual(await read("标题\t正文\n甲\t乙\n", { fileName }), ["甲"], fileName);
  }
  assert.deepEqual(await read("title,content\nt,c\n", { fileName: "a.json" }), ["t"]);
  assert.deepEqual(await read("<!doctype html><title>t</title>c", { fileName: "a.txt" }), ["t"]);
});

Deno.test("a kept stream of events is read event by event", async () => {
  const one = 'data: {"title":"a","content":"x"}\n';
  const two = 'id: 2\ndata: {"title":"b",\ndata:  "content":"x"}\r\n\r\ndata: [DONE]\n';
  for (const start of ["", ": connected\n\nevent: article\n"]) {
    for (const fileName of ["a.txt", "a.log"]) {
      assert.deepEqual(await read(`${start}${one}${one}${two}`, { fileName }), ["a", "a", "b"]);
    }
  }
});

Deno.test("without a type, front matter and a mapped column are recognized", async () => {
  assert.deepEqual(await read("---\ntitle: t\n---\nc"), ["t"]);
  const map = readFieldMap("title:名字,content:话");
  assert.deepEqual(await read("名字,话\nt,c\n", {}, { map }), ["t"]);
});

Deno.test("an unknown format is a 415", async () => {
  await assert.rejects(read("just some words"), { name: "UnsupportedMediaTypeError" });
  await assert.rejects(read(Uint8Array.of(1, 2, 3)), { name: "UnsupportedMediaTypeError" });
});

Deno.test("compression is detected by the first bytes, regardless of the name", async () => {
  for (const pack of [gzipSync, zstdCompressSync]) {
    const packed = Uint8Array.from(pack(Buffer.from(JSON_LINE)));
    assert.deepEqual(await read(packed, { fileName: "a.jsonl" }), ["t"]);
    assert.deepEqual(await read(packed), ["t"]);
  }
  const brotli = Uint8Array.from(brotliCompressSync(JSON_LINE));
  assert.deepEqual(await read(brotli, { fileName: "a.jsonl.br" }), ["t"]);
  assert.deepEqual(await read(brotli, { fileName: "a.jsonl" }), ["t"]);
  const long = JSON_LINE.replace('"c"', `"${"长".repeat(9_000)}"`) + JSON_LINE;
  assert.deepEqual(await read(Uint8Array.from(brotliCompressSync(long))), ["t", "t"]);
  assert.deepEqual(await read(JSON_LINE, { contentEncoding: "gzip" }), ["t"]);
  assert.deepEqual(await read(JSON_LINE, { contentEncoding: "br" }), ["t"]);
  // "title,content", "标题,这里是正文的内容" in GBK.
  const gbk = Uint8Array.of(
    ...strToU8("title,content\n"),
    ...[0xB1, 0xEA, 0xCC, 0xE2, 0x2C, 0xD5, 0xE2, 0xC0, 0xEF, 0xCA, 0xC7, 0xD5, 0xFD, 0xCE, 0xC4],
    ...[0xB5, 0xC4, 0xC4, 0xDA, 0xC8, 0xDD, 0x0A],
  );
  const note = "~ the text is not UTF-8; it was read as gb18030";
  assert.deepEqual(await read(Uint8Array.from(brotliCompressSync(gbk))), [note, "标题"]);
});

Deno.test("every file of a zip is read, and unsupported files are skipped by name", async () => {
  const zip = zipSync({
    "a/news.csv": strToU8("title,content\nt,c\n"),
    "b.jsonl": strToU8(JSON_LINE.repeat(2) + "{"),
    "c.pdf": strToU8("%PDF-1.7"),
    "__MACOSX/x": strToU8("x"),
    "empty/": new Uint8Array(),
  });
  const lines = await read(zip);
  assert.deepEqual(lines.slice(0, 3), ["t", "t", "t"]);
  assert.match(lines[3] ?? "", /^! b\.jsonl: the record is not JSON/);
  assert.deepEqual(lines[4], "! c.pdf: it is in no format that is read");
  await assert.rejects(read(zip.subarray(0, 20)), { message: /zip data: it is cut off/ });
});

Deno.test("truncated data yield the same articles however they are divided, and one rejection", async () => {
  const lines = Array.from(
    { length: 2_000 },
    (_, n) => JSON.stringify({ title: `t${n}`, content: `银行${Math.sin(n)}` }),
  );
  const feed = `<rss>${lines.map((_, n) => `<item><title>${n}</title></item>`).join("\n")}</rss>`;
  for (const text of [lines.join("\n"), feed, lines.slice(0, 8).join("\n")]) {
    const packed = Uint8Array.from(gzipSync(text)).slice(0, -20);
    const counts = [];
    for (const length of [packed.length, 1, 7, 1_000]) {
      const parsed = await allOf(readInput(bodyOf(packed, [length]), expected({})));
      const line = parsed.at(-2)!.line + 1;
      const error = "Cannot unpack the gzip data: unexpected end of file";
      assert.deepEqual(parsed.at(-1), { kind: "rejected", line, error });
      assert.ok(parsed.slice(0, -1).every(({ kind }) => kind === "article"));
      counts.push(parsed.length - 1);
    }
    assert.ok(counts[0]! > 1, `${counts}`);
    assert.equal(new Set(counts).size, 1, `${counts}`);
  }
  const nothing = Uint8Array.from(gzipSync(lines.join("\n"))).slice(0, 30);
  await assert.rejects(read(nothing), /^TypeError: Cannot unpack the gzip data: unexpected end/);
});

Deno.test("a zip that is cut off yields its complete files, and one rejection", async () => {
  const zip = zipSync({ "a.jsonl": strToU8(JSON_LINE), "b.jsonl": strToU8(JSON_LINE.repeat(9)) });
  const error = "Cannot unpack the zip data: it is cut off";
  assert.deepEqual(await read(zip.subarray(0, -30)), [..."t".repeat(10), `! ${error}`]);
  const lines = await read(zip.subarray(0, zip.length / 2));
  assert.equal(lines[0], "t");
  assert.deepEqual(lines.filter((one) => one !== "t"), [`! b.jsonl: ${error}`]);
});

Deno.test("an empty zip has no article, and unknown XML in a zip is skipped", async () => {
  assert.deepEqual(await read(zipSync({})), ["! there is no article in it"]);
  const zip = zipSync({ "a.opf": strToU8("<package/>"), "b.xyz": strToU8("<p>t</p>") });
  assert.deepEqual(await read(zip), ["! a.opf: it is in no format that is read", ""]);
});

Deno.test("a corrupt file in a zip rejects only itself", async () => {
  const zip = zipSync({
    "a.jsonl": strToU8(JSON_LINE),
    "b.jsonl": strToU8(JSON_LINE.repeat(100)),
    "c.jsonl": strToU8(JSON_LINE),
  });
  const at = new TextDecoder("latin1").decode(zip).indexOf("b.jsonl") + "b.jsonl".length;
  zip.fill(0xFF, at, at + 8);
  assert.deepEqual(await read(zip), ["t", "! b.jsonl: it cannot be unpacked", "t"]);
});

Deno.test("corrupt data in a zip, of any compression, rejects only its file", async () => {
  const zip = zipSync({
    "a.jsonl.gz": Uint8Array.from(gzipSync(JSON_LINE)).subarray(0, -4),
    "b.jsonl.zst": Uint8Array.from(zstdCompressSync(JSON_LINE)).subarray(0, -1),
    "c.jsonl.br": Uint8Array.from(brotliCompressSync(JSON_LINE)).subarray(0, -2),
    "d.zip": zipSync({ "x.jsonl": strToU8(JSON_LINE) }).subarray(0, 60),
    "e.jsonl": strToU8(JSON_LINE),
  });
  const lines = await read(zip);
  assert.equal(lines.at(-1), "t");
  for (const name of ["a.jsonl.gz", "b.jsonl.zst", "c.jsonl.br", "d.zip"]) {
    assert.ok(lines.some((line) => line.startsWith(`! ${name}: `)), name);
  }
});

Deno.test("zips in a zip are read, and named in messages", async () => {
  const inner = zipSync({ "a.jsonl": strToU8(JSON_LINE + "{"), "b.csv": strToU8("content\nc\n") });
  const lines = await read(zipSync({ "in.zip": inner, "c.txt": strToU8("t\nc") }));
  assert.match(lines[1] ?? "", /^! in\.zip: a\.jsonl: the record is not JSON/);
  assert.deepEqual(lines.toSpliced(1, 1), ["t", "", "t"]);
});

Deno.test("a well-known unsupported format is rejected by name", async () => {
  const zipped = (name: string) => zipSync({ "a.txt": strToU8("a"), [name]: strToU8("<x/>") });
  const bytes = (...start: number[]) => Uint8Array.of(...start, 0, 0, 0, 0);
  const files: [string | Uint8Array, RegExp][] = [
    ["\n%PDF-1.7\n", /this is a PDF; save it as text, HTML or CSV first/],
    [bytes(0xD0, 0xCF, 0x11, 0xE0), /this is an older Office document/],
    [zipped("[Content_Types].xml"), /this is an Office document/],
    [zipped("word/_rels/document.xml.rels"), /this is an Office document/],
    [zipped("xl/workbook.xml"), /this is an Office document/],
    [zipped("META-INF/container.xml"), /this is an e-book/],
    [zipped("META-INF/manifest.xml"), /this is an OpenDocument file/],
    [zipped("mimetype"), /this is an e-book, or an OpenDocument file/],
    [bytes(0x89, 0x50, 0x4E, 0x47), /this is an image/],
    ["\0\0\0 ftypavif", /this is an image/],
    ["WARC/1.0\r\nWARC-Type: warcinfo\r\n\r\n", /this is a web archive in WARC or ARC/],
    [bytes(0x37, 0x7A, 0xBC, 0xAF), /this is an archive that is not zip or tar/],
    ["Rar!\x1a\x07", /this is an archive that is not zip or tar; unpack it/],
    ["BZh91AY&SY", /this is compressed with bzip2; unpack it/],
    ['<?xml version="1.0"?>\n<svg xmlns="a"/>', /this is an image/],
    ["From: a\r\nSubject: b\r\n c\r\nMIME-Version: 1.0\r\n\r\n", /this is an e-mail, or a page in/],
    [Uint8Array.from({ length: 4_000 }, (_, at) => at * 7_919 % 251), /this is binary data/],
    [new Uint8Array(100), /this is binary data/],
  ];
  for (const [file, message] of files) {
    for (const fileName of ["a.csv", "a.txt", "a.html", "a"]) {
      await assert.rejects(
        read(file, { fileName }),
        { name: "UnsupportedMediaTypeError", message },
        `${message}`,
      );
    }
  }
  const mail = "From: a\nSubject: b\n\nc\n";
  await assert.rejects(read(mail, { fileName: "a.eml" }), /this is an e-mail/);
  assert.deepEqual(await read(mail, { fileName: "a.txt" }), ["From: a"]);
  assert.deepEqual(await read("MIME-Version: what", { fileName: "a.txt" }), ["MIME-Version: what"]);
});

Deno.test("an input without articles is rejected", async () => {
  assert.deepEqual(await read(""), ["! there is no article in it"]);
  assert.deepEqual(await read("<rss><channel/></rss>"), ["! there is no article in it"]);
  assert.deepEqual(await read("title,content\n"), ["! there is no article in it"]);
  const opml = '<opml><body><outline xmlUrl="https://x.example/feed"/></body></opml>';
  assert.match((await read(opml))[0] ?? "", /^! this is a list of feeds \(OPML\)/);
});

Deno.test("records can be skipped up to a line or by count", async () => {
  const lines = ["a", "b", "c", "d"].map((t) => `{"title":"${t}","content":"c"}`).join("\n");
  assert.deepEqual(await read(lines, {}, { fromLine: 3 }), ["c", "d"]);
  assert.deepEqual(await read(lines, {}, { skipRecords: 3 }), ["d"]);
});

Deno.test("decompression limits span layers and files, so that nested bombs are detected", async () => {
  const lines = new Uint8Array(4_000_000).fill(0x0a);
  const zip = (files: Record<string, Uint8Array>) => Uint8Array.from(zipSync(files, { level: 9 }));
  const gzip = (bytes: Uint8Array) => Uint8Array.from(gzipSync(bytes, { level: 9 }));
  const few = gzip(lines.subarray(0, 900_000));
  const bombs: Record<string, Uint8Array> = {
    "one file": zip({ "a.jsonl": lines }),
    "a skipped file": zip({ "__MACOSX/a": lines, "b.jsonl": lines.subarray(0, 1) }),
    "many files, each small": zip(
      Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`${i}.jsonl.gz`, few])),
    ),
    "a zip in gzip": gzip(zip({ "a.jsonl": lines })),
  };
  for (const [name, bomb] of Object.entries(bombs)) {
    const reading = allOf(readInput(bodyOf(bomb, [4_096]), expected({}), {}));
    await assert.rejects(reading, /more than 200 times its size/, name);
  }
});

/** Returns a zip with these bytes as the name of its file, and flags in both of its headers. */
function renamed(zip: Uint8Array, name: Uint8Array, flags = 0): Uint8Array {
  const bytes = Buffer.from(zip);
  for (const [mark, flagsAt, nameAt] of [["PK\x03\x04", 6, 30], ["PK\x01\x02", 8, 46]] as const) {
    const at = bytes.indexOf(mark, 0, "latin1");
    bytes.writeUInt16LE(flags, at + flagsAt);
    bytes.set(name, at + nameAt);
  }
  return bytes;
}

Deno.test("names in a zip without the flag of UTF-8 are detected, and encrypted files rejected", async () => {
  const zip = zipSync({ "aaaa.pdf": strToU8("%PDF-1.7") });
  const gbk = Uint8Array.of(0xD0, 0xC2, 0xCE, 0xC5);
  const skipped = ["! 新闻.pdf: it is in no format that is read"];
  assert.deepEqual(await read(renamed(zip, gbk)), skipped);
  const utf8 = zipSync({ "aaaaaa.pdf": strToU8("%PDF-1.7") });
  assert.deepEqual(await read(renamed(utf8, strToU8("新闻"))), skipped);
  assert.deepEqual(await read(renamed(utf8, strToU8("新闻"), 0x800)), skipped);
  const jsonl = zipSync({ "a.jsonl": strToU8(JSON_LINE), "desktop.ini": strToU8("x") });
  const encrypted = renamed(jsonl, strToU8("a"), 1);
  assert.deepEqual(await read(encrypted), ["! a.jsonl: it is encrypted; unpack it first"]);
});
