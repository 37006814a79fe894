import fc from "fast-check";
import assert from "node:assert/strict";
import { parseNdjson } from "../../lib/intake/ndjson.ts";
import {
  assertBearsAnything,
  assertSameHoweverCut,
  parse,
  summary,
} from "../support/byte_stream.ts";

const INPUT = "\uFEFF" + [
  '{"title":"一","content":"银行"}\r',
  "",
  '{"title":"two"}',
  "no json",
  "[1]",
  '{"title":"last 😀","content":"c","source":"s"}',
].join("\n");

Deno.test("each line is an article or a rejection with its line, blank ones are neither", async () => {
  assert.deepEqual(await summary(parseNdjson, INPUT), [
    "1: 一 | 银行",
    "3: ! content is missing",
    `4: ! the record is not JSON: Unexpected token 'o', "no json " is not valid JSON`,
    "5: ! the article is not a JSON object",
    "6: last 😀 | c",
  ]);
});

Deno.test("NDJSON gives the same wherever it is cut", () =>
  assertSameHoweverCut(parseNdjson, INPUT));

Deno.test("no bytes make the NDJSON parser fail", () =>
  assertBearsAnything(parseNdjson, ['{"title":"a","content":"b"}', "\n", "\r\n", '"', "{", "中"]));

Deno.test("any articles written as NDJSON come back as they were", async () => {
  const text = fc.string({ unit: "grapheme" }).map((value) => value.replaceAll("\0", ""));
  const title = text.filter((value) => value.trim() !== "" && value.length <= 500);
  const articles = fc.array(fc.record({ title, content: text }, { noNullPrototype: true }));
  await fc.assert(fc.asyncProperty(articles, async (some) => {
    const input = some.map((article) => `${JSON.stringify(article)}\n`).join("");
    const read = (await parse(parseNdjson, input)).map((one) =>
      one.kind === "article" && { title: one.article.title, content: one.article.content }
    );
    assert.deepEqual(read, some);
  }));
});

Deno.test("a line that is not UTF-8 is rejected alone", async () => {
  const good = new TextEncoder().encode('{"title":"a","content":"b"}\n');
  const bad = Uint8Array.of(...good.subarray(0, 10), 0xFF, ...good.subarray(10));
  assert.deepEqual(await summary(parseNdjson, Uint8Array.of(...good, ...bad, ...good)), [
    "1: a | b",
    "2: ! the record holds bytes that are not UTF-8",
    "3: a | b",
  ]);
});

Deno.test("nothing comes of nothing", async () => {
  for (const input of ["", "\n\n", "\uFEFF", " "]) {
    assert.deepEqual(await parse(parseNdjson, input), []);
  }
});
