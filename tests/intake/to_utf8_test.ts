import { Buffer } from "node:buffer";
import assert from "node:assert/strict";
import { charsetEvidence } from "../../lib/intake/bytes/charset_evidence.ts";
import { declaredCharset } from "../../lib/intake/bytes/declared_charset.ts";
import type { CharsetHints } from "../../lib/intake/bytes/detect_charset.ts";
import { toUtf8 } from "../../lib/intake/bytes/to_utf8.ts";
import { utf16Evidence } from "../../lib/intake/bytes/utf16_evidence.ts";
import { bodyOf, bytesOf } from "../support/byte_stream.ts";

/** 银行门口的行人停下来，看河水推着木轮慢慢地转。 */
const GBK =
  "d2f8d0d0c3c5bfdab5c4d0d0c8cbcda3cfc2c0b4a3acbfb4bad3cbaecdc6d7c5c4bec2d6c2fdc2fdb5d8d7aaa1a3";
/** 銀行門口的行人停下來，看河水推著木輪慢慢地轉。 */
const BIG5 =
  "bbc8a6e6aaf9a466aababaa6e6a448b0b1a455a8d3a141acddaa65a4f4b1c0b5dba4ecbdfcbac8bac8a661c2e0a143";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));

async function decoded(bytes: Uint8Array, hints: CharsetHints = {}, lengths: number[] = []) {
  const notes: string[] = [];
  const parts = await Array.fromAsync(
    toUtf8(bodyOf(bytes, lengths), hints, (note) => notes.push(note)),
  );
  return { text: new TextDecoder().decode(Buffer.concat(parts)), notes };
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 * text.length);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < text.length; at++) {
    view.setUint16(2 * at, text.charCodeAt(at), littleEndian);
  }
  return bytes;
}

function utf32(text: string, littleEndian: boolean): Uint8Array {
  const codes = [...text].map((character) => character.codePointAt(0)!);
  const bytes = new Uint8Array(4 * codes.length);
  const view = new DataView(bytes.buffer);
  codes.forEach((code, at) => view.setUint32(4 * at, code, littleEndian));
  return bytes;
}

Deno.test("undeclared text is detected as UTF-8, GB18030 or Big5", async () => {
  for (const lengths of [[], [1], [7]]) {
    assert.match((await decoded(hex(GBK), {}, lengths)).text, /^银行门口的行人停下来，看河水/);
    assert.match((await decoded(bytesOf("a,b\n银行"), {}, lengths)).text, /^a,b\n银行$/);
  }
  const { notes } = await decoded(hex(GBK));
  assert.deepEqual(notes, ["the text is not UTF-8; it was read as gb18030"]);
  assert.equal(charsetEvidence(hex(BIG5.replace("aababaa6", "aabaa6"))).charset, "big5");
  assert.equal(
    charsetEvidence(Uint8Array.of(0x63, 0x61, 0x66, 0xE9, 0x20)).charset,
    "windows-1252",
  );
});

Deno.test("a wrong charset declaration is overridden and noted", async () => {
  const page = (charset: string) => `<meta charset="${charset}"><p>银行门口的行人停下来`;
  const utf8 = await decoded(bytesOf(page("gb2312")));
  assert.ok(utf8.text.endsWith("银行门口的行人停下来"));
  assert.deepEqual(utf8.notes, [
    "the text is declared as gb2312, but is in utf-8; it was read as utf-8",
  ]);
  const gbk = await decoded(hex(GBK), { declared: "utf-8" });
  assert.match(gbk.text, /^银行门口/);
  assert.match((await decoded(hex(GBK), { declared: "iso-8859-1" })).text, /^银行门口/);
  assert.deepEqual((await decoded(hex(GBK), { declared: "gbk" })).notes, []);
});

Deno.test("an explicitly chosen charset is used", async () => {
  assert.equal((await decoded(hex("e9"), { chosen: "windows-1252" })).text, "é");
  assert.equal((await decoded(hex("d6d0"), { chosen: "gbk", declared: "utf-8" })).text, "中");
});

Deno.test("UTF-16 and UTF-32 are detected by their BOM, or by zero bytes without one", async () => {
  const text = '<?xml version="1.0"?><rss>银行</rss>';
  for (const littleEndian of [true, false]) {
    for (const encode of [utf16, utf32]) {
      assert.equal((await decoded(encode(text, littleEndian))).text, text);
      assert.equal((await decoded(encode(`\uFEFF${text}`, littleEndian), {}, [5])).text, text);
    }
  }
});

Deno.test("Chinese text in UTF-16 is detected without a BOM and without zero bytes", async () => {
  const texts = [
    "题目\n银行门口的行人停下来，看河水推着木轮慢慢地转。",
    "title,content\n一,銀行門口的行人停下來，看河水推著木輪慢慢地轉。\n",
  ];
  for (const text of texts) {
    for (const littleEndian of [true, false]) {
      assert.equal((await decoded(utf16(text, littleEndian))).text, text);
    }
    assert.equal((await decoded(bytesOf(text))).text, text);
  }
  assert.equal(utf16Evidence(hex(GBK)), null);
  assert.equal(utf16Evidence(hex(BIG5)), null);
  assert.equal(utf16Evidence(bytesOf("plain text of ASCII, f/f/f/f/f/f/")), null);
});

Deno.test("charset aliases of Windows, Python and MySQL are recognized", async () => {
  for (const chosen of ["cp936", "936", "GB-2312", "ms936"]) {
    assert.equal((await decoded(hex("d6d0"), { chosen })).text, "中", chosen);
  }
  assert.equal((await decoded(bytesOf("é"), { chosen: "utf-8-sig" })).text, "é");
});

Deno.test("a BOM is stripped, and an invalid byte yields invalid UTF-8", async () => {
  assert.equal((await decoded(bytesOf("\uFEFFa银行"))).text, "a银行");
  const bad = Uint8Array.of(...hex(GBK), 0xFF, 0x0A, ...hex(GBK));
  const [whole] = await Array.fromAsync(toUtf8(bodyOf(bad), {}, () => {}));
  assert.equal(whole?.filter((byte) => byte === 0xFF).length, 1);
  assert.match(new TextDecoder().decode(whole), /转。\uFFFD\n银行/);
});

Deno.test("only a charset or content type in a page's head declares a charset", () => {
  const cases: [string, string | null][] = [
    ['<meta charset="gbk">', "gbk"],
    ["<META http-equiv=Content-Type content='text/html; charset=Big5'>", "Big5"],
    ['<meta name="description" content="how to set charset=gbk">', null],
    ['<?xml version="1.0" encoding="GB2312"?><html>', "GB2312"],
  ];
  for (const [head, charset] of cases) assert.equal(declaredCharset(bytesOf(head)), charset, head);
});

Deno.test("lines of another charset within UTF-8 do not make the others unreadable", async () => {
  const lines = Buffer.concat([bytesOf("银行门口的行人停下来，看河水推着木轮\n"), hex(GBK)]);
  const { text, notes } = await decoded(lines);
  assert.match(text, /^银行门口的行人停下来，看河水推着木轮\n/);
  assert.deepEqual(notes, []);
});

Deno.test("a declared charset of ASCII bytes is decoded", async () => {
  const bytes = bytesOf("\x1b$BF|K\\\x1b(B");
  assert.equal((await decoded(bytes, { declared: "ISO-2022-JP" })).text, "日本");
});
