import fc from "fast-check";
import assert from "node:assert/strict";
import { parseCsv } from "../../lib/intake/csv.ts";
import {
  assertBearsAnything,
  assertSameHoweverCut,
  parse,
  summary,
} from "../support/byte_stream.ts";

const INPUT = '\uFEFF"Title", CONTENT ,group_id,group,source,other\r\n' +
  '一,"first\r\nsecond, ""quoted""",7,,s-1,x\r\n' +
  "\r\n" +
  'two,,,诗经,,""\n' +
  "three,c,x,,,\n" +
  "four,c\n" +
  '5" disk,c,,,,';

Deno.test("rows become articles, quoted fields may hold commas, quotes and line breaks", async () => {
  const read = await parse(parseCsv, INPUT);
  assert.deepEqual(read, [
    {
      kind: "article",
      line: 2,
      article: {
        title: "一",
        content: 'first\r\nsecond, "quoted"',
        groupId: 7,
        group: null,
        source: "s-1",
      },
    },
    {
      kind: "article",
      line: 5,
      article: { title: "two", content: "", groupId: null, group: "诗经", source: null },
    },
    {
      kind: "rejected",
      line: 6,
      error: "group_id must be a whole number from 1 to 2147483647",
    },
    { kind: "rejected", line: 7, error: "the row has 2 fields where the header has 6" },
    {
      kind: "article",
      line: 8,
      article: { title: '5" disk', content: "c", groupId: 1, group: null, source: null },
    },
  ]);
});

Deno.test("CSV gives the same wherever it is cut", () => assertSameHoweverCut(parseCsv, INPUT));

Deno.test("no bytes make the CSV parser fail", () =>
  assertBearsAnything(parseCsv, ["title,content\n", "a,b", '"', ",", "\n", "\r", '""', "中"]));

Deno.test("any articles written as CSV come back as they were", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "中", " ", "😀") });
  const title = text.filter((value) => value.trim() !== "");
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(title, text)), async (rows) => {
    const lines = rows.map((row) => row.map(quoted).join(","));
    const read = await parse(parseCsv, ["title,content", ...lines].join("\r\n"));
    assert.deepEqual(
      read.map((one) => one.kind === "article" && [one.article.title, one.article.content]),
      rows,
    );
  }));
});

Deno.test("a quote left open costs the rows it touches, not the file", async () => {
  const input = 'title,content\na,b\n"open,b\nc,"d"\ne,f\n"g,h\n';
  assert.deepEqual(await summary(parseCsv, input), [
    "2: a | b",
    "3: ! a quoted field has text after its closing quote",
    "5: e | f",
    "6: ! a quoted field is not closed",
  ]);
});

Deno.test("without a usable header there is one rejection, on its line", async () => {
  assert.deepEqual(await summary(parseCsv, "\nname,source\na,b\nc,d\n"), [
    "2: ! the header row has no column title and no column content",
  ]);
  assert.deepEqual(await summary(parseCsv, 'title,"content\na,b\n'), [
    "1: ! the header row: a quoted field is not closed",
  ]);
});

Deno.test("a CSV that is empty, or only a header, gives nothing", async () => {
  for (const input of ["", "\r\n", "title,content", "title,content\r\n"]) {
    assert.deepEqual(await parse(parseCsv, input), []);
  }
});
