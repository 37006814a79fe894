import assert from "node:assert/strict";
import { parseTable } from "../../lib/intake/table/table.ts";
import { parse, summary } from "../support/byte_stream.ts";
import { incoming } from "../support/incoming.ts";

const PROSE = "It rained all morning, so nobody went out.";

Deno.test("a row with fewer fields is read with a warning, unless it lacks the content", async () => {
  const read = await parse(parseTable, "title,content,author,\na,b\nc,d,e\nf\n");
  assert.deepEqual(read, [
    {
      kind: "article",
      line: 2,
      article: incoming({ title: "a", content: "b" }),
      notes: ["the row has 2 fields where the header has 4"],
    },
    { kind: "article", line: 3, article: incoming({ title: "c", content: "d", author: "e" }) },
    { kind: "rejected", line: 4, error: "the row has 1 field where the header has 4" },
  ]);
});

const counts = (given: number, wanted: number) =>
  `the row has ${given} fields where the header has ${wanted}`;
const PARTS = "今天下雨,没有人出门";

Deno.test("delimiters in a content without quotes belong to it if it is the last column", async () => {
  const read = await parse(parseTable, `title,group,content\na,b,${PARTS},,\nc,d,e,,,\n`);
  assert.deepEqual(read, [
    {
      kind: "article",
      line: 2,
      article: incoming({ title: "a", content: PARTS, group: "b", groupId: null }),
      notes: [`${counts(6, 3)}; the others were read as part of the content`],
    },
    {
      kind: "article",
      line: 3,
      article: incoming({ title: "c", content: "e", group: "d", groupId: null }),
    },
  ]);
  assert.deepEqual(await summary(parseTable, `text\n${PROSE}\n`), [`2:  | ${PROSE}`]);
});

Deno.test("delimiters before a space belong to a title or content without quotes", async () => {
  const note = `${counts(4, 3)}; delimiters before a space were read as text`;
  const read = await parse(parseTable, `title,content,author\na,${PROSE},b\nRain, again,c,d\n`);
  assert.deepEqual(read, [
    {
      kind: "article",
      line: 2,
      article: incoming({ title: "a", content: PROSE, author: "b" }),
      notes: [note],
    },
    {
      kind: "article",
      line: 3,
      article: incoming({ title: "Rain, again", content: "c", author: "d" }),
      notes: [note],
    },
  ]);
});

Deno.test("surplus fields after quoted ones are kept in extra", async () => {
  const read = await parse(parseTable, 'title,content,author\n"c","d","e","f"\ng,"h",i,"j"\n');
  const notes = [`${counts(4, 3)}; the others were kept in extra`];
  const kept = (title: string, content: string, author: string, field: string) =>
    incoming({ title, content, author, extra: { "column 4": field } });
  assert.deepEqual(read, [
    { kind: "article", line: 2, article: kept("c", "d", "e", "f"), notes },
    { kind: "article", line: 3, article: kept("g", "h", "i", "j"), notes },
  ]);
});

Deno.test("a row that can be read in several ways is rejected, and no part of its content becomes a group", async () => {
  const rows = [
    `a,${PARTS},news`,
    `a,content,news,surplus`,
    `a,"content",news,surplus`,
    `a,content,news, surplus`,
    `"1","a","a longer content","news"`,
  ];
  for (const row of rows) {
    assert.deepEqual(await summary(parseTable, `title,content,group\n${row}\n`), [
      `2: ! ${counts(4, 3)}; a field that contains the delimiter must be quoted`,
    ]);
  }
  assert.deepEqual(await summary(parseTable, 'title,content\n"1","a","a longer content"\n'), [
    `2: ! ${counts(3, 2)}; a field that contains the delimiter must be quoted`,
  ]);
});

Deno.test("a field below a header without a name is kept in extra", async () => {
  const [read] = await parse(parseTable, "title,content,\na,b,c\n");
  assert.deepEqual(read, {
    kind: "article",
    line: 2,
    article: incoming({ title: "a", content: "b", extra: { "column 3": "c" } }),
  });
});
