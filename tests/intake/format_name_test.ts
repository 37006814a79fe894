import assert from "node:assert/strict";
import {
  byName,
  CONTENT_TYPES,
  expected,
  FILE_EXTENSIONS,
  formatNamed,
  PACKED_TYPES,
  UnsupportedMediaTypeError,
} from "../../lib/intake/format_name.ts";

Deno.test("a file's name determines its format and compression", () => {
  const isByName = true;
  assert.deepEqual(byName("/a.csv/news.JSONL"), { format: "json", isByName, packing: null });
  assert.deepEqual(byName("feed.xml.gz"), { format: "feed", isByName, packing: "gzip" });
  assert.deepEqual(byName("a.tsv.zst"), { format: "table", isByName, packing: "zstd" });
  assert.deepEqual(byName("dump.br"), { format: null, isByName, packing: "brotli" });
  for (const name of ["", "csv", "a.pdf", "a.constructor"]) {
    assert.equal(byName(name).format, null, name);
  }
});

Deno.test("every content type and every extension maps to a format", () => {
  for (const name of [...CONTENT_TYPES, ...FILE_EXTENSIONS]) assert.ok(formatNamed(name), name);
});

Deno.test("the name determines the format of an untyped body, and never overrides a type", () => {
  assert.equal(expected({ fileName: "a.b.CSV" }).format, "table");
  assert.equal(
    expected({ contentType: "application/octet-stream", fileName: "a.md" }).format,
    "markdown",
  );
  assert.equal(expected({ contentType: "text/plain", fileName: "a.jsonl" }).format, "text");
  assert.deepEqual(expected({ contentType: 'TEXT/CSV ; Charset="gbk"', contentEncoding: "br" }), {
    format: "table",
    isByName: false,
    charset: "gbk",
    packing: "brotli",
  });
});

Deno.test("the content types of archives and compressions are accepted, and their format is detected", () => {
  for (const contentType of [...PACKED_TYPES, "application/x-tar", "Application/X-GTar"]) {
    assert.equal(expected({ contentType }).format, null, contentType);
  }
});

Deno.test("an unsupported type or encoding is a 415 that lists the supported ones", () => {
  const refused: [Parameters<typeof expected>[0], string][] = [
    [
      { contentType: "application/pdf" },
      "content type application/pdf is not supported; use one of application/x-",
    ],
    [{ contentType: "application/pdf" }, "application/zip, "],
    [{ contentType: "constructor" }, "content type constructor is not supported"],
    [
      { contentType: "text/csv", contentEncoding: "compress" },
      "content encoding compress is not supported",
    ],
  ];
  for (const [declared, message] of refused) {
    assert.throws(() => expected(declared), (error) => {
      assert.ok(error instanceof UnsupportedMediaTypeError);
      assert.equal(error.status, 415);
      assert.ok(error.message.includes(message), error.message);
      return true;
    });
  }
});
