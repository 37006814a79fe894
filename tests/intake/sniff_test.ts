import assert from "node:assert/strict";
import { ACCEPTED } from "../../lib/intake/by_content_type.ts";
import { FILE_EXTENSIONS, sniff } from "../../lib/intake/sniff.ts";

Deno.test("a file's name tells its content type and whether it is gzip", () => {
  assert.deepEqual(sniff("/a.csv/news.JSONL"), {
    contentType: "application/x-ndjson",
    contentEncoding: null,
  });
  assert.deepEqual(sniff("feed.xml.gz"), {
    contentType: "application/xml",
    contentEncoding: "gzip",
  });
});

Deno.test("every known ending leads to a content type that is accepted", () => {
  for (const extension of FILE_EXTENSIONS) {
    assert.ok(ACCEPTED.includes(sniff(`a.${extension}`)?.contentType ?? ""), extension);
  }
});

Deno.test("a name without a known ending tells nothing", () => {
  for (const name of ["", "csv", "a.pdf", "a.gz", "a.csv.zip", "a.constructor"]) {
    assert.equal(sniff(name), null, name);
  }
});
