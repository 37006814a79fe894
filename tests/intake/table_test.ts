import fc from "fast-check";
import assert from "node:assert/strict";
import { readFieldMap } from "../../lib/intake/field_map.ts";
import { parseTable } from "../../lib/intake/table/table.ts";
import {
  allOf,
  assertSameAtEachSplit,
  bodyOf,
  fuzzParser,
  parse,
  summary,
} from "../support/byte_stream.ts";
import { incoming } from "../support/incoming.ts";

const INPUT = '"Title", CONTENT ,group_id,group,source,other\r\n' +
  '一,"first\r\nsecond, ""quoted""",7,,s-1,x\r\n' +
  "\r\n" +
  'two,,,诗经,,""\n' +
  "three,c,x,,,\n" +
  "four,c\n" +
  '5" disk,c,,,,';

Deno.test("rows become articles, and quoted fields may contain commas, quotes and line breaks", async () => {
  const [note, ...read] = await parse(parseTable, INPUT);
  assert.ok(note?.kind === "note");
  assert.deepEqual(read, [
    {
      kind: "article",
      line: 2,
      article: incoming({
        title: "一",
        content: 'first\r\nsecond, "quoted"',
        groupId: 7,
        sources: ["s-1"],
        extra: { other: "x" },
      }),
    },
    {
      kind: "article",
      line: 5,
      article: incoming({ title: "two", content: "", groupId: null, group: "诗经" }),
      notes: ["the content is empty"],
    },
    {
      kind: "rejected",
      line: 6,
      error: "group_id must be a whole number from 1 to 2147483647",
    },
    {
      kind: "article",
      line: 7,
      article: incoming({ title: "four", content: "c" }),
      notes: ["the row has 2 fields where the header has 6"],
    },
    {
      kind: "article",
      line: 8,
      article: incoming({ title: '5" disk' }),
    },
  ]);
});

Deno.test("CSV parses independently of chunk boundaries", () =>
  assertSameAtEachSplit(parseTable, INPUT));

Deno.test("the CSV parser does not throw for any bytes", () =>
  fuzzParser(parseTable, ["title,content\n", "a,b", '"', ",", "\n", "\r", '""', "中"]));

Deno.test("articles round-trip through CSV", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "中", " ", "😀") });
  const title = text.filter((value) => value.trim() !== "");
  const quoted = (value: string) => `"${value.replaceAll('"', '""')}"`;
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(title, text)), async (rows) => {
    const lines = rows.map((row) => row.map(quoted).join(","));
    const read = await parse(parseTable, ["title,content", ...lines].join("\r\n"));
    assert.deepEqual(
      read.map((one) => one.kind === "article" && [one.article.title, one.article.content]),
      rows,
    );
  }));
});

Deno.test("an unclosed quote rejects only the affected rows", async () => {
  const input = 'title,content\na,b\n"open,b\nc,"d"\ne,f\n"g,h\n';
  assert.deepEqual(await summary(parseTable, input), [
    "2: a | b",
    "3: ! a quoted field is not closed",
    "4: c | d",
    "5: e | f",
    "6: ! a quoted field is not closed",
  ]);
});

Deno.test("an unusable header is one rejection with its line", async () => {
  assert.deepEqual(await summary(parseTable, "\nname,source\na,b\nc,d\n"), [
    "2: ! the header row has no column content; name the column with ?map=content:NAME",
  ]);
  assert.deepEqual(await summary(parseTable, 'title,"content\na,b\n'), [
    "1: ! the header row: a quoted field is not closed",
  ]);
});

Deno.test("a CSV that is empty or has only a header yields nothing", async () => {
  for (const input of ["", "\r\n", "title,content", "title,content\r\n"]) {
    assert.deepEqual(await parse(parseTable, input), []);
  }
});

Deno.test("the delimiter is detected from the header or the sep= line", async () => {
  for (const delimiter of [",", ";", "\t", "|"]) {
    const input = ["title,content", "a,b"].join("\n").replaceAll(",", delimiter);
    assert.deepEqual(await summary(parseTable, input), ["2: a | b"]);
  }
  assert.deepEqual(await summary(parseTable, "sep=;\r\ntitle;content\r\na,b;c"), ["3: a,b | c"]);
  assert.deepEqual(await summary(parseTable, "sep=,\ntitle,content\na,c"), ["3: a | c"]);
});

Deno.test("lone carriage returns end lines if there is no line feed", async () => {
  assert.deepEqual(await summary(parseTable, "title,content\ra,b\rc,d\r"), [
    "2: a | b",
    "3: c | d",
  ]);
});

Deno.test("an unclosed quote before many rows rejects only its own row", async () => {
  const rows = Array.from({ length: 20_000 }, (_, n) => `t${n},${"c".repeat(200)}`);
  for (const quoted of [[], ['x,"y"']]) {
    const lines = ["title,content", 'open,"never closed', ...rows, ...quoted];
    const read = await parse(parseTable, lines.join("\n"));
    assert.equal(read.filter(({ kind }) => kind === "rejected").length, 1);
    assert.equal(read.filter(({ kind }) => kind === "article").length, 20_000 + quoted.length);
  }
});

Deno.test("lines of a long quoted field are not parsed as rows", async () => {
  const field = "a line of prose, with a comma, and more, and more\n".repeat(60_000);
  const read = await parse(parseTable, `title,content\na,"${field}"\nb,c\n`);
  assert.deepEqual(read.map(({ kind }) => kind), ["rejected", "article"]);
});

Deno.test("columns are recognized by common names and by a mapping", async () => {
  const read = async (input: string, map: string) =>
    await allOf(parseTable(bodyOf(input), { map: readFieldMap(map) }));
  const [mapped] = await read("名字,话,作者\na,b,c\n", "title:名字,content:话");
  assert.deepEqual(mapped, {
    kind: "article",
    line: 2,
    article: incoming({ title: "a", content: "b", author: "c" }),
  });
  assert.deepEqual(await summary(parseTable, "标题,正文\na,b\n"), ["2: a | b"]);
});

Deno.test("unescaped quotes, text after quotes and spaces around quotes are tolerated", async () => {
  const rows = [
    'a,"he said "yes", and went"',
    'b,"he said \\"yes\\", and went\nhome"',
    '"c" too,d',
    'e, "f, g" ',
    'h,"C:\\"',
    'i,"j ""k"" l"',
    'm,"n, \\"o\\""',
  ];
  assert.deepEqual(await summary(parseTable, `title, "content"\n${rows.join("\n")}\n`), [
    '2: a | he said "yes", and went',
    '3: b | he said "yes", and went\nhome',
    '5: "c" too | d',
    "6: e | f, g",
    "7: h | C:\\",
    '8: i | j "k" l',
    '9: m | n, "o"',
  ]);
});

Deno.test("in a tab-separated table, a lone quote is text", async () => {
  const input = 'title\tcontent\na\t"b" c\nd\t"e\nf\tg\n';
  assert.deepEqual(await summary(parseTable, input), ['2: a | "b" c', '3: d | "e', "4: f | g"]);
});

Deno.test("blank rows are skipped, \\N is a missing value, and an empty duplicate column does not count", async () => {
  const input = "title,content,content\na,b,\n,,\n\\N,c,\n";
  assert.deepEqual(await summary(parseTable, input), ["2: a | b", "4:  | c"]);
  assert.deepEqual(await summary(parseTable, '"sep=;"\ntitle;content\na;b\n'), ["3: a | b"]);
});

const PROSE = "It rained all morning, so nobody went out.";

Deno.test("lines before the header are skipped with a warning", async () => {
  const input = `Export of 2026\n\ntitle,content\na,${PROSE}\n`;
  assert.deepEqual(await summary(parseTable, input), [
    "1: ~ the line before the header was skipped",
    `4: a | ${PROSE}`,
  ]);
  await assertSameAtEachSplit(parseTable, input);
});

Deno.test("without a usual header, the content is the column of sentences, with a warning", async () => {
  const rows = [`1,甲,"${PROSE}"`, `2,乙,"${PROSE}"`];
  const longest = "since it has the longest texts";
  assert.deepEqual(await summary(parseTable, ["no,what,words", ...rows].join("\n")), [
    `1: ~ no column is named content; words was read as it, ${longest}`,
    "1: ~ these columns match no field and are kept in extra: no",
    `2: 甲 | ${PROSE}`,
    `3: 乙 | ${PROSE}`,
  ]);
  assert.deepEqual(await summary(parseTable, rows.join("\n")), [
    `1: ~ the table has no header; column 3 was read as the content, ${longest}`,
    `1: 甲 | ${PROSE}`,
    `2: 乙 | ${PROSE}`,
  ]);
  const many = Array.from({ length: 100 }, (_, n) => `${n % 2},"${PROSE}"`);
  const read = await parse(parseTable, many.join("\n"), [100]);
  assert.equal(
    read.filter((one) => one.kind === "article" && one.article.title === "").length,
    100,
  );
});

Deno.test("a table of words and numbers is rejected, and so is a mapped column that is not there", async () => {
  const rows = Array.from({ length: 50 }, (_, n) => `word ${n},${n}`).join("\n");
  assert.equal((await summary(parseTable, `name,count\n${rows}`)).length, 1);
  const members = [
    "甲@example.com,2026-03-24 10:23:10 UTC",
    "b.c@example.com,2026-03-24 10:36:47 UTC",
  ];
  assert.deepEqual((await summary(parseTable, `e,joined\n${members.join("\n")}`)).length, 1);
  const body = bodyOf(`a,b\n1,"${PROSE}"\n`);
  const read = await allOf(parseTable(body, { map: readFieldMap("content:c") }));
  assert.deepEqual(read.map(({ kind }) => kind), ["rejected"]);
});

Deno.test("the rule below the header of a Markdown table is no row", async () => {
  const input = "| title | content |\n|---|:-:|\n| a | b |\n";
  assert.deepEqual(await summary(parseTable, input), ["3:  a  |  b "]);
});

Deno.test("a row or header of more than 10,000 fields is rejected, and the next row is read", async () => {
  const row = `a${",".repeat(1_000_000)}`;
  assert.deepEqual(await summary(parseTable, `title,content\n${row}\nb,text\n`), [
    "2: ! the record has more than 10,000 fields",
    "3: b | text",
  ]);
  const [only, ...others] = await summary(parseTable, `${row}\n`);
  assert.equal(only, "1: ! the header row: the record has more than 10,000 fields");
  assert.deepEqual(others, []);
});

Deno.test("a row of quotes that nothing closes is read in linear time", async () => {
  const names = Array.from({ length: 5_000 }, (_, n) => `column ${n}`).join("\t");
  const row = `"x\t`.repeat(400_000);
  const [_, ...read] = await summary(parseTable, `content\t${names}\n${row}\n`);
  assert.deepEqual(read, [
    "2: ! a quoted field has text after its closing quote",
  ]);
});

Deno.test("names with spaces between Han, or in full-width letters, and doubled carriage returns are read", async () => {
  const lines = ["2: 一 | 二"];
  assert.deepEqual(await summary(parseTable, "标 题,正 文\r\r\n一,二\r\r\n"), lines);
  assert.deepEqual(await summary(parseTable, " ＴＩＴＬＥ ,Ｃｏｎｔｅｎｔ\n一,二\n"), lines);
});
