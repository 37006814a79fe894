import assert from "node:assert/strict";
import { ARTICLE_FIELD_NAMES, ARTICLE_FIELDS } from "../../lib/article/article_fields.ts";
import { readFieldMap } from "../../lib/intake/field_map.ts";
import { readRecord, type RecordOptions } from "../../lib/intake/read_record.ts";
import { FIELD_SAMPLES, incoming } from "../support/incoming.ts";

function article(value: unknown, options: RecordOptions = {}) {
  const read = readRecord(value, options);
  return read.kind === "article" ? read.article : assert.fail(read.error);
}

function error(value: unknown): string {
  const read = readRecord(value);
  return read.kind === "rejected" ? read.error : assert.fail("it was read");
}

Deno.test("an article with only a content is in group 1 and has no source", () => {
  assert.deepEqual(article({ content: "c" }), incoming({ title: "" }));
  assert.deepEqual(article({ title: null, content: "" }), incoming({ title: "", content: "" }));
});

Deno.test("a group can be an id, also as text, or a name", () => {
  const base = { title: "t", content: "c", source: "s" };
  assert.equal(article({ ...base, group_id: 7 }).groupId, 7);
  assert.equal(article({ ...base, group_id: "7" }).groupId, 7);
  const named = article({ ...base, group: "诗经" });
  assert.deepEqual([named.groupId, named.group], [null, "诗经"]);
  assert.equal(
    error({ ...base, group_id: 7, group: "诗经" }),
    "group_id and group cannot both be given",
  );
});

Deno.test("null and empty fields count as missing, and numbers as text", () => {
  const value = { title: 5, content: "c", source: "", group: null, group_id: null, author: null };
  assert.deepEqual(article(value), incoming({ title: "5" }));
  assert.deepEqual(article({ content: "c", source: 12 }).sources, ["12"]);
});

Deno.test("common field names are recognized in any case, by priority", () => {
  const values: Record<string, unknown>[] = [
    { Headline: "t", body: "c", description: "short" },
    { 标题: "t", 正文: "c" },
    { title: { rendered: "t" }, content: { rendered: "c" } },
    { title: "t", text: ["c"] },
    { title: "t", content_html: "c", content_text: "no" },
    { "Page Title": "t", "Plain Content": "c", Excerpt: "short" },
    { article: { title: "t", content: "c" } },
  ];
  for (const value of values) {
    const { title, content } = article(value);
    assert.deepEqual([title, content], ["t", "c"], JSON.stringify(value));
  }
  assert.equal(article({ content_html: "c" }).contentKind, "html");
  assert.equal(article({ content_text: "c" }).contentKind, "text");
  assert.equal(article({ content: "c", content_kind: "page" }).contentKind, "page");
});

Deno.test("url, author, time, language and tags are stored, and other fields go to extra", () => {
  assert.deepEqual(
    article({
      content: "c",
      link: "/1",
      authors: [{ name: "甲" }, "乙"],
      pubDate: "Mon, 02 Mar 2026 08:00:00 +0800",
      lang: "zh-CN",
      keywords: "水车，河,  ",
      likes: 7,
      extra: { a: 1 },
    }, { base: "https://x.example/feed" }),
    incoming({
      title: "",
      url: "https://x.example/1",
      sources: ["https://x.example/1"],
      author: "甲, 乙",
      published: "2026-03-02T00:00:00Z",
      language: "zh-CN",
      tags: ["水车", "河"],
      extra: { likes: 7, a: 1 },
    }),
  );
  assert.deepEqual(article({ content: "c", date: "soon", url: "nowhere" }).extra, {
    date: "soon",
    url: "nowhere",
  });
});

Deno.test("each field is read by its column's name and by each alias", () => {
  for (const field of ARTICLE_FIELD_NAMES) {
    const { type, column, aliases } = ARTICLE_FIELDS[field];
    for (const name of [column, ...aliases]) {
      const { given, read } = FIELD_SAMPLES[type];
      assert.deepEqual(article({ content: "c", [name]: given })[field], read, name);
    }
  }
});

Deno.test("a mapping overrides common names, and can address nested fields", () => {
  const map = readFieldMap("title:名字, content:文.段");
  const { title, content } = article({ 名字: "t", title: "no", 文: { 段: "c" }, text: "no" }, {
    map,
  });
  assert.deepEqual([title, content], ["t", "c"]);
  for (const wrong of ["title", "color:x", "title:"]) {
    assert.throws(() => readFieldMap(wrong), TypeError, wrong);
  }
});

Deno.test("an article with an empty content is accepted with a note", () => {
  for (const content of ["", " \n\u3000"]) {
    const read = readRecord({ title: "t", content });
    assert.ok(read.kind === "article");
    assert.equal(read.article.title, "t");
    assert.deepEqual(read.notes, ["the content is empty"]);
  }
  const read = readRecord({ content: "c" });
  assert.ok(read.kind === "article" && read.notes === undefined);
});

Deno.test("error messages name the field", () => {
  assert.equal(error({ title: "t" }), "content is missing");
  assert.equal(error({ title: "t", content: null }), "content is missing");
  assert.equal(error({ title: "t", content: {} }), "content must be text");
  assert.equal(error({ title: {}, content: "c" }), "title must be text");
  for (const group_id of [0, 1.5, "x", 2 ** 40]) {
    assert.equal(
      error({ content: "c", group_id }),
      "group_id must be a whole number from 1 to 2147483647",
    );
  }
  for (const value of [null, 5, "text", [1]]) {
    assert.equal(error(value), "the article is not a JSON object");
  }
});

Deno.test("a long title is truncated and a long source hashed, with the originals kept and noted", () => {
  const value = { title: "😀".repeat(300), content: "c", source: "s".repeat(900) };
  const read = readRecord(value);
  assert.ok(read.kind === "article");
  assert.equal(read.article.title, "😀".repeat(250));
  assert.match(read.article.sources[0] ?? "", /^sha256:[0-9a-f]{64}$/);
  assert.deepEqual(read.article.extra, { title: value.title, source: value.source });
  assert.equal(read.notes?.length, 2);
});

Deno.test("characters that the database cannot store are removed", () => {
  assert.deepEqual(
    article({ title: "a\0b", content: "\ud800c" }),
    incoming({ title: "ab", content: "\uFFFDc" }),
  );
});

Deno.test("a record with too many fields is rejected before they are read", () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`field ${i}`, i]));
  assert.equal(error({ content: "c", ...many }), "the record has more than 10,000 fields");
  assert.equal(error({ content: "c", extra: many }), "the record has more than 10,000 fields");
});

/** A text of two lines in the formats of editors. */
const EDITORS: Record<string, unknown> = {
  ProseMirror: {
    type: "doc",
    content: ["one ", "two"].map((text, n) => ({
      type: "paragraph",
      content: n === 0
        ? [{ type: "text", text }, { type: "text", text: "more" }]
        : [{ type: "text", text }],
    })),
  },
  Slate: [
    { type: "p", children: [{ text: "one " }, { text: "more", bold: true }] },
    { type: "p", children: [{ text: "two" }] },
  ],
  Quill: {
    ops: [{ insert: "one " }, { insert: "more\n" }, { insert: { image: "u" } }, { insert: "two" }],
  },
  "Editor.js": {
    blocks: [{ type: "header", data: { text: "one more" } }, {
      type: "list",
      data: { items: ["two"] },
    }],
  },
  Lexical: {
    root: {
      children: [
        {
          type: "paragraph",
          children: [
            { type: "text", text: "one " },
            { type: "link", url: "u", children: [{ type: "text", text: "more" }] },
          ],
        },
        { type: "paragraph", children: [{ type: "text", text: "two" }] },
      ],
    },
  },
  Ricos: {
    nodes: ["one more", "two"].map((text) => ({
      type: "PARAGRAPH",
      nodes: [{ type: "TEXT", textData: { text } }],
    })),
  },
  "Draft.js": {
    blocks: [{ key: "a", text: "one more" }, { key: "b", text: "two" }],
    entityMap: {},
  },
};

for (const [editor, content] of Object.entries(EDITORS)) {
  Deno.test(`a content in the format of ${editor} is read as its lines`, () => {
    const read = readRecord({ title: "t", content });
    assert.equal(read.kind === "article" && read.article.content, "one more\ntwo");
  });
}

Deno.test("a blank text counts only if there is no other", () => {
  const content = (record: unknown) => {
    const read = readRecord(record);
    return read.kind === "article" ? read.article.content : read.kind;
  };
  assert.equal(content({ content: " \n", description: "c" }), "c");
  assert.equal(content({ title: "t", content: " \n" }), " \n");
  assert.equal(content({ title: " ", headline: "t", content: "c" }), "c");
});

Deno.test("a source that is a number beyond JSON's precision is no identity", () => {
  const sources = (text: string) => {
    const read = readRecord(JSON.parse(text));
    return read.kind === "article" ? read.article.sources : null;
  };
  assert.deepEqual(sources('{"content":"c","source":1700000000000000001}'), []);
  assert.deepEqual(sources('{"content":"c","source":"1700000000000000001"}'), [
    "1700000000000000001",
  ]);
  assert.deepEqual(sources('{"content":"c","source":17}'), ["17"]);
});
