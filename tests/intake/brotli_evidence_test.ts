import assert from "node:assert/strict";
import { Buffer } from "node:buffer";
import { brotliCompressSync } from "node:zlib";
import { isBrotli } from "../../lib/intake/bytes/brotli_evidence.ts";

/** A table in GB18030, whose start brotli unpacks to some letters. */
const TABLE =
  "w/vX1iy7sA0KutOx37XEy66ztSwi0vjQ0MPFv9q1xNDQyMvNo8/CwLSjrL+0utPLrs3G18XEvsLWwv3C/bXY16qjrMuuyfnSu9axz+y1vbD4ze2how0Ktdq2/tDQ0rLU2tXiwO+hoyINCg==";

Deno.test("text in another charset is not taken for brotli, though its start unpacks", () => {
  const table = Buffer.from(TABLE, "base64");
  for (let length = 8; length <= table.length; length++) {
    assert.equal(isBrotli(table.subarray(0, length)), false, `${length} bytes`);
  }
});

Deno.test("compressed text is detected at any length", () => {
  const text = new TextDecoder("gb18030").decode(Buffer.from(TABLE, "base64"));
  for (let length = 8; length <= text.length; length++) {
    assert.equal(isBrotli(brotliCompressSync(text.slice(0, length))), true, `${length} characters`);
  }
});
