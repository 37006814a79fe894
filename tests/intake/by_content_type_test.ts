import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import {
  ACCEPTED,
  parserFor,
  UnsupportedMediaTypeError,
} from "../../lib/intake/by_content_type.ts";
import { bodyOf, bytesOf } from "../support/byte_stream.ts";

interface Given {
  contentType?: string;
  contentEncoding?: string;
  fileName?: string;
}

function parserOf({ contentType, contentEncoding, fileName }: Given) {
  return parserFor({
    contentType: contentType ?? null,
    contentEncoding: contentEncoding ?? null,
    fileName: fileName ?? null,
  });
}

async function titles(given: Given, input: string | Uint8Array): Promise<string[]> {
  const read = await Array.fromAsync(parserOf(given)(bodyOf(input, [3])));
  return read.map((one) => one.kind === "article" ? one.article.title : one.error);
}

const JSON_LINE = '{"title":"t","content":"c"}\n';
const FEED = "<rss><item><title>t</title></item></rss>";
const PAGE = "<title>t</title>c";
const INPUTS: Record<string, string> = {
  "application/x-ndjson": JSON_LINE,
  "application/ndjson": JSON_LINE,
  "application/jsonl": JSON_LINE,
  "application/json": `[${JSON_LINE}]`,
  "text/csv": "title,content\nt,c\n",
  "application/rss+xml": FEED,
  "application/atom+xml": FEED,
  "application/rdf+xml": FEED,
  "application/xml": FEED,
  "text/xml": FEED,
  "text/html": PAGE,
  "application/xhtml+xml": PAGE,
  "text/plain": "t\nc",
};

Deno.test("each accepted content type has its parser, however it is written", async () => {
  assert.deepEqual(Object.keys(INPUTS), ACCEPTED);
  for (const [contentType, input] of Object.entries(INPUTS)) {
    assert.deepEqual(await titles({ contentType }, input), ["t"], contentType);
    const written = `${contentType.toUpperCase()} ; Charset="UTF-8"`;
    assert.deepEqual(await titles({ contentType: written }, input), ["t"], written);
  }
});

Deno.test("the file's name says what an untyped body is, and never overrules a type", async () => {
  assert.deepEqual(await titles({ fileName: "a.b.CSV" }, INPUTS["text/csv"]!), ["t"]);
  assert.deepEqual(
    await titles({ contentType: "application/octet-stream", fileName: "a.jsonl" }, JSON_LINE),
    ["t"],
  );
  assert.deepEqual(await titles({ contentType: "text/plain", fileName: "a.jsonl" }, "t\nc"), ["t"]);
});

Deno.test("gzip is unpacked, said by the encoding, the content type or the name", async () => {
  const packed = gzipSync(JSON_LINE);
  for (
    const given of [
      { contentType: "application/jsonl", contentEncoding: "GZip" },
      { contentType: "application/gzip", fileName: "a.jsonl.gz" },
      { contentType: "application/x-gzip", fileName: "a.jsonl" },
      { fileName: "a.jsonl.gz" },
    ]
  ) {
    assert.deepEqual(await titles(given, packed), ["t"], JSON.stringify(given));
  }
});

Deno.test("text in the charset that the transport names is read", async () => {
  const input = Uint8Array.of(...bytesOf("title,content\n"), 0xD6, 0xD0, ...bytesOf(",c\n"));
  assert.deepEqual(await titles({ contentType: "text/csv; charset=gbk" }, input), ["中"]);
  assert.deepEqual(await titles({ contentType: "text/csv" }, input), [
    "the record holds bytes that are not UTF-8",
  ]);
  await assert.rejects(
    titles({ contentType: "text/csv; charset=gbk" }, Uint8Array.of(0xFF, 0xFF, 0x0A)),
    { name: "TypeError", message: "Cannot read the text: it is not gbk" },
  );
});

Deno.test("what cannot be read is refused with a 415 that names what can", () => {
  const refused: [Given, string][] = [
    [
      { contentType: "application/pdf" },
      "content type application/pdf is none of application/x-ndjson,",
    ],
    [{ fileName: "a.pdf" }, "the file name a.pdf is none of"],
    [{ contentType: "application/gzip" }, "an input without content type is none of"],
    [{ contentType: "toString" }, "content type tostring is none of"],
    [{ contentType: "constructor" }, "content type constructor is none of"],
    [{ contentType: "text/csv; charset=klingon" }, "charset klingon is unknown"],
    [
      { contentType: "text/csv", contentEncoding: "br" },
      "content encoding br is not gzip or identity",
    ],
  ];
  for (const [given, message] of refused) {
    assert.throws(() => parserOf(given), (error) => {
      assert.ok(error instanceof UnsupportedMediaTypeError);
      assert.equal(error.status, 415);
      assert.ok(error.message.includes(message), error.message);
      return true;
    });
  }
});
