import fc from "fast-check";
import assert from "node:assert/strict";
import type { Json } from "../../lib/article/article_fields.ts";
import { parseJson } from "../../lib/intake/json/json.ts";
import { assertSameAtEachSplit, fuzzParser, parse, summary } from "../support/byte_stream.ts";

const A = '{"title":"a","content":"x","more":{"deep":[{"er":"]}"}]}}';

const INPUT = `
[ ${A},
  {
    "title": "二",
    "content": "quote \\" brace } comma ,"
  }, 5, "text", [1, 2],
  { "title": "a line
    break", "content": { }
  }, { "title": "d", "content": "one
{two}" },
  {"title": "c", "content": "y"}
]
`;

Deno.test("the articles of an array are read one by one, and each error rejects one value", async () => {
  assert.deepEqual(await summary(parseJson, INPUT), [
    "2: a | x",
    '3: 二 | quote " brace } comma ,',
    "6: ! the article is not a JSON object",
    "6: ! the article is not a JSON object",
    "6: ! the article is not a JSON object",
    "7: ! content must be text",
    "9: d | one\n{two}",
    "11: c | y",
  ]);
});

Deno.test("JSON parses independently of chunk boundaries", () =>
  assertSameAtEachSplit(parseJson, INPUT));

Deno.test("the JSON parser does not throw for any bytes", () =>
  fuzzParser(parseJson, ["[", "]", "{", "}", '"', ",", "\\", "\n", " ", A, "1", "中"]));

Deno.test("articles round-trip through JSON, compact or indented", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\\", "{", "]", "中", " ") });
  const title = text.filter((value) => value.trim() !== "");
  const articles = fc.array(fc.record({ title, content: text }, { noNullPrototype: true }));
  await fc.assert(fc.asyncProperty(articles, fc.nat({ max: 2 }), async (some, indent) => {
    const read = await parse(parseJson, JSON.stringify(some, null, indent));
    const back = read.map((one) =>
      one.kind === "article" && { title: one.article.title, content: one.article.content }
    );
    assert.deepEqual(back, some);
  }));
});

Deno.test("several values on a line are read, with or without commas between them", async () => {
  const [a, b, c] = ["a", "b", "c"].map((t) => `{"title":"${t}","content":"x"}`);
  for (
    const input of [`${a}${b}\n${c}`, `${a},\n${b},\n${c}`, `${a}\n${b}${c}\n`, `${a}${b}${c}`]
  ) {
    const titles = (await summary(parseJson, input)).map((line) => line.slice(3));
    assert.deepEqual(titles, ["a | x", "b | x", "c | x"], input);
  }
  assert.equal((await summary(parseJson, `${a}\n${b} and more\n${c}`)).length, 3);
});

Deno.test("comments, record separators and control characters in strings are tolerated", async () => {
  const lines = ['\x1e{"title":"a\tb","content":"x"} // done', '{"title":"//b",/**/"content":"x"}'];
  assert.deepEqual(await summary(parseJson, lines.join("\n")), ["1: a\tb | x", "2: //b | x"]);
});

Deno.test("JSON5 and literals of JavaScript and Python are read like JSON", async () => {
  const record = (value: string) => `{"title":"b","content":"x","value":${value}}`;
  const values: [string, Json][] = [
    [`'it\\'s "{" // \\x41 \\u4e2d'`, `it's "{" // A 中`],
    ["'a \\\nb'", "a b"],
    ["{$a_1: 1, while: 2, 'é': 3, 标题: 4, \\u4e2d: 5}", {
      $a_1: 1,
      while: 2,
      é: 3,
      标题: 4,
      中: 5,
    }],
    ["[+1, .5, -.5, 5., +5.e2, 0x1f, -0XC8]", [1, 0.5, -0.5, 5, 500, 31, -200]],
    ["[NaN, -Infinity, undefined, None, True, False,]", [null, null, null, null, true, false]],
    ["[1, // one\r 2, /* ] */ ]", [1, 2]],
    [`{id: 007, path: "C:\\work\\docs"}`, { id: "007", path: "C:\\work\\docs" }],
    ["\u00a0[\ufeff]\f", []],
  ];
  for (const [text, expected] of values) {
    for (const input of [`[${A},\n${record(text)},${A}]`, `${A}\n${record(text)}\n${A}`]) {
      const read = await parse(parseJson, input);
      const extra = read.map((one) => one.kind === "article" ? one.article.extra : one.kind);
      assert.deepEqual(extra.map((each) => each !== null), [true, true, true], text);
      assert.deepEqual((extra[1] as Record<string, Json>).value, expected, text);
    }
  }
});

Deno.test("comments between values and in objects are skipped", async () => {
  const input =
    `// from, "a"\n[\n${A}, // one, "two\n/* { * */ {"title": "b", // }\n"content": "y"}\n]`;
  assert.deepEqual(await summary(parseJson, input), ["3: a | x", "4: b | y"]);
  await assertSameAtEachSplit(parseJson, input);
});

Deno.test("a string that is not closed costs its own article", async () => {
  const some = ["a", "b", "c"].map((title) => ({ title, content: "x" }));
  for (const indent of [0, 2]) {
    const input = JSON.stringify(some, null, indent).replaceAll("},{", "},\n{").replace(
      '"x"',
      '"x',
    );
    const [first, ...others] = await summary(parseJson, input);
    assert.match(first ?? "", /! the record is not JSON/);
    assert.deepEqual(others.map((line) => line.replace(/^\d+: /, "")), ["b | x", "c | x"]);
    await assertSameAtEachSplit(parseJson, input);
  }
});

Deno.test("a single article may span lines", async () => {
  const input = JSON.stringify({ title: "a", content: "b" }, null, 2);
  assert.deepEqual(await summary(parseJson, `\n${input}\n`), ["2: a | b"]);
});

Deno.test("NDJSON sent as JSON is read line by line, and a broken line rejects only itself", async () => {
  const lines = [A, '{"title": "open", "content": {', '{"title":"b","content":"y"}'];
  const [first, second, third] = await summary(parseJson, lines.join("\n"));
  assert.equal(first, "1: a | x");
  assert.match(second ?? "", /^2: ! the record is not JSON/);
  assert.equal(third, "3: b | y");
});

Deno.test("an object's list may end on a later line than its first article", async () => {
  const expected = ["1: a | x"];
  assert.deepEqual(await summary(parseJson, `{"articles":[${A}\n]}`), expected);
  assert.deepEqual(await summary(parseJson, `{"data":{"list":[${A}\n]}}\n`), expected);
  assert.deepEqual(await summary(parseJson, `{"total":1,"posts":[${A}\n,${A}\n]}`), [
    ...expected,
    "2: a | x",
  ]);
  // A record that lacks a bracket is no list.
  assert.deepEqual((await summary(parseJson, `{"tags":["t"}\n${A}\n`)).at(-1), "2: a | x");
});

Deno.test("a truncated array yields its articles and a rejection", async () => {
  assert.deepEqual(await summary(parseJson, `[${A},\n`), [
    "1: a | x",
    "1: ! the JSON array is not closed",
  ]);
  const [first, second, ...others] = await summary(parseJson, `[${A},\n{"title":"b"`);
  assert.equal(first, "1: a | x");
  assert.match(second ?? "", /^2: ! the record is not JSON/);
  assert.deepEqual(others, []);
});

Deno.test("an empty array and an empty input yield nothing", async () => {
  for (const input of ["[]", " [ ]\n", "", " \n"]) {
    assert.deepEqual(await parse(parseJson, input), []);
  }
});

Deno.test("the values of a JSON text sequence may be on several lines, and the last one cut off", async () => {
  const value = '\x1e{"title":"t",\n "content":"c"}\n';
  assert.deepEqual(await summary(parseJson, `${value}${value}\x1e{"title":"x`), [
    "1: t | c",
    "3: t | c",
    "5: ! the record is not JSON: Unterminated string in JSON at position 11",
  ]);
});
