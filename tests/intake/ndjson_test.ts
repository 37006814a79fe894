import fc from "fast-check";
import assert from "node:assert/strict";
import { parseJson } from "../../lib/intake/json/json.ts";
import { assertSameAtEachSplit, fuzzParser, parse, summary } from "../support/byte_stream.ts";

const INPUT = [
  '{"title":"一","content":"银行"}\r',
  "",
  '{"title":"two"}',
  "no json",
  "[1]",
  '{"title":"last 😀","content":"c","source":"s"}',
].join("\n");

Deno.test("each nonblank line is an article or a rejection with its line number", async () => {
  assert.deepEqual(await summary(parseJson, INPUT), [
    "1: 一 | 银行",
    "3: ! content is missing",
    `4: ! the record is not JSON: Unexpected token 'o', "no json " is not valid JSON`,
    "5: ! the article is not a JSON object",
    "6: last 😀 | c",
  ]);
});

Deno.test("NDJSON parses independently of chunk boundaries", () =>
  assertSameAtEachSplit(parseJson, INPUT));

Deno.test("the NDJSON parser does not throw for any bytes", () =>
  fuzzParser(parseJson, ['{"title":"a","content":"b"}', "\n", "\r\n", '"', "{", "中"]));

Deno.test("articles round-trip through NDJSON", async () => {
  const text = fc.string({ unit: "grapheme" }).map((value) => value.replaceAll("\0", ""));
  const title = text.filter((value) => value.trim() !== "" && value.length <= 500);
  const articles = fc.array(fc.record({ title, content: text }, { noNullPrototype: true }));
  await fc.assert(fc.asyncProperty(articles, async (some) => {
    const input = some.map((article) => `${JSON.stringify(article)}\n`).join("");
    const read = (await parse(parseJson, input)).map((one) =>
      one.kind === "article" && { title: one.article.title, content: one.article.content }
    );
    assert.deepEqual(read, some);
  }));
});

Deno.test("a line with invalid UTF-8 is rejected alone", async () => {
  const good = new TextEncoder().encode('{"title":"a","content":"b"}\n');
  const bad = Uint8Array.of(...good.subarray(0, 10), 0xFF, ...good.subarray(10));
  assert.deepEqual(await summary(parseJson, Uint8Array.of(...good, ...bad, ...good)), [
    "1: a | b",
    "2: ! the record holds bytes that are not UTF-8",
    "3: a | b",
  ]);
});

Deno.test("an article with line breaks in its text is read, and one that never ends costs itself", async () => {
  const [a, c] = ['{"title":"a","content":"x"}', '{"title":"c","content":"z"}'];
  const broken = '{"title":"b","content":"one\r\n\n{two}\n three"}';
  for (
    const input of [`${a}\n${broken}\n${c}`, `${broken}\n${a}\n${c}\n`, `${a}\n${c}\n${broken}`]
  ) {
    const read = (await summary(parseJson, input)).map((line) => line.replace(/^\d+: /, ""));
    assert.deepEqual(read.sort(), ["a | x", "b | one\r\n\n{two}\n three", "c | z"]);
    await assertSameAtEachSplit(parseJson, input);
  }
  const [first, second, third, ...others] = await summary(
    parseJson,
    `${a}\n{"title":"b","content":"one\nINFO\n${c}`,
  );
  assert.equal(first, "1: a | x");
  assert.match(second ?? "", /^2: ! the record is not JSON/);
  assert.equal(third, "4: c | z");
  assert.deepEqual(others, []);
});

Deno.test("a line cut anywhere costs itself", async () => {
  const line = '{"title":"a","tags":["x",{"y":[1,2]}],"content":"b {c} \\"d\\""}';
  for (let cut = 1; cut < line.length; cut++) {
    const input = [line, line.slice(0, cut), line, line].join("\n");
    const read = (await summary(parseJson, input)).map((one) => one.replace(/^\d+: /, ""));
    const good = read.filter((one) => one === 'a | b {c} "d"').length;
    assert.deepEqual([good, read.length], [3, 4], `${line.slice(0, cut)}: ${read}`);
  }
});

Deno.test("an empty input yields nothing", async () => {
  for (const input of ["", "\n\n", "", " "]) {
    assert.deepEqual(await parse(parseJson, input), []);
  }
});

Deno.test("a line cut where a value would start costs itself, whatever its names are", async () => {
  const [a, b] = ['{"title":"a","content":"x"}', '{"title":"b","content":"y"}'];
  for (const cut of ['{"id":', '{"tags":[', '{"":', '{"x":{']) {
    const read = await summary(parseJson, [a, cut, b, a].join("\n"));
    assert.deepEqual(read.filter((line) => !line.includes("!")), [
      "1: a | x",
      "3: b | y",
      "4: a | x",
    ]);
    assert.equal(read.length, 4, cut);
    await assertSameAtEachSplit(parseJson, [a, cut, b, a].join("\n"));
  }
});

Deno.test("a backslash that is no escape is read as itself, and a record that was encoded twice", async () => {
  const path = String.raw`{"title":"a","content":"C:\data\x \u12 \\ \u0041"}`;
  const twice = JSON.stringify('{"title":"b","content":"y"}');
  assert.deepEqual(await summary(parseJson, `${path}\n${twice}\n[1]`), [
    String.raw`1: a | C:\data\x \u12 \ A`,
    "2: b | y",
    "3: ! the article is not a JSON object",
  ]);
});
