import assert from "node:assert/strict";
import { parseJson } from "../../lib/intake/json/json.ts";
import { assertSameAtEachSplit, parse, summary } from "../support/byte_stream.ts";

const A = { title: "a", content: "x" };
const B = { title: "b", content: "y" };

/** Wrappers around a list in API responses, search engines and exports. */
const AROUND: Record<string, (articles: unknown[]) => unknown> = {
  "an API response": (list) => ({ code: 0, msg: "ok", data: { total: 2, list } }),
  "Elasticsearch's": (list) => ({
    took: 3,
    hits: { total: { value: 2 }, hits: list.map((_source, n) => ({ _id: String(n), _source })) },
  }),
  "Solr's": (docs) => ({ responseHeader: { status: 0 }, response: { numFound: 2, docs } }),
  "Strapi's": (list) => ({ data: list.map((attributes, id) => ({ id, attributes })), meta: {} }),
  "ActivityPub's": (list) => ({
    type: "OrderedCollection",
    orderedItems: list.map((object) => ({ type: "Create", object })),
  }),
};

for (const [whose, around] of Object.entries(AROUND)) {
  Deno.test(`the list in ${whose} object is found, compact or indented`, async () => {
    for (const indent of [0, 2]) {
      const input = JSON.stringify(around([A, B]), null, indent);
      const read = await parse(parseJson, input);
      assert.deepEqual(
        read.map((one) => one.kind === "article" && [one.article.title, one.article.content]),
        [["a", "x"], ["b", "y"]],
      );
    }
  });
}

Deno.test("a nested list parses independently of chunk boundaries and length", async () => {
  const around = AROUND["an API response"]!;
  await assertSameAtEachSplit(parseJson, JSON.stringify(around([A, B]), null, 1));
  const many = Array.from(
    { length: 3_000 },
    (_, n) => ({ title: `${n}`, content: "长".repeat(500) }),
  );
  const read = await parse(parseJson, JSON.stringify(around(many)), [65_536]);
  assert.equal(read.filter(({ kind }) => kind === "article").length, many.length);
  assert.equal(read.length, many.length);
});

Deno.test("an object with a content is an article, even if it contains lists", async () => {
  const article = { title: "a", data: { text: "no" }, content: "x", items: [B] };
  assert.deepEqual(await summary(parseJson, JSON.stringify([article])), ["1: a | x"]);
  const other = { title: "a", content: "x", data: { list: [B] }, items: [B] };
  assert.deepEqual(await summary(parseJson, JSON.stringify(other)), ["1: a | x"]);
});

/** Objects with an article under each key. */
const KEYED: Record<string, unknown> = {
  "numbers": { "1": A, "2": B },
  "slugs": { "post-1": A, "post-2": B },
  "words": { first: A, second: B },
  "ids in an export": {
    version: 3,
    posts: { "-Ma1": A, "-Ma2": B },
    users: { "u-1": { name: "c" } },
  },
};

for (const [keys, object] of Object.entries(KEYED)) {
  Deno.test(`articles under keys that are ${keys} are read, compact or indented`, async () => {
    for (const indent of [0, 2]) {
      const input = JSON.stringify(object, null, indent);
      const read = (await summary(parseJson, input)).map((line) => line.replace(/^\d+: /, ""));
      assert.deepEqual(read, ["a | x", "b | y"]);
      await assertSameAtEachSplit(parseJson, input);
    }
  });
}

Deno.test("an article under a key has its line and keeps its key", async () => {
  const read = await parse(parseJson, JSON.stringify(KEYED.slugs, null, 2));
  assert.deepEqual(
    read.map((one) => one.kind === "article" && [one.line, one.article.extra]),
    [[1, { key: "post-1" }], [6, { key: "post-2" }]],
  );
});

Deno.test("keyed articles of any length in total are read, and of a truncated one the whole ones", async () => {
  const entries = Array.from(
    { length: 3_000 },
    (_, n) => [`id-${n}`, { title: `${n}`, content: "长".repeat(500) }],
  );
  const input = JSON.stringify(Object.fromEntries(entries));
  const read = await parse(parseJson, input, [65_536]);
  assert.equal(read.length, entries.length);
  assert.ok(read.every(({ kind }) => kind === "article"));
  const [first, second, ...others] = await parse(
    parseJson,
    `{"1":${JSON.stringify(A)},"2":{"title`,
  );
  assert.ok(first?.kind === "article" && second?.kind === "rejected");
  assert.deepEqual(others, []);
});

Deno.test("a keyed article cut in its text costs itself, wherever its line ends", async () => {
  const article = JSON.stringify({ title: "a", tags: ["x"], content: 'b {c} "d"' });
  for (let cut = 1; cut < article.length; cut++) {
    const rows = [article, article, article.slice(0, cut), article, article];
    const input = `{${rows.map((row, n) => `"k-${n}":${row}`).join(",\n")}}`;
    const read = await summary(parseJson, input);
    const good = read.filter((line) => line.endsWith('a | b {c} "d"')).length;
    // A complete member, or a list, before the next key makes that a part of the article.
    const isAmbiguous = /^\{"title":"a"$|"x"\]$|"$/.test(article.slice(0, cut));
    assert.ok(good === 4 || isAmbiguous && good >= 2, `${article.slice(0, cut)}: ${read}`);
  }
});

Deno.test("objects in an article do not count as articles under keys", async () => {
  const article = { slug: "s", image_1: { text: "no", url: "u" }, title: "a", content: "x" };
  for (const record of [article, { id: 1, "h-1": { text: "no" }, title: "a", content: "x" }]) {
    for (const indent of [0, 2]) {
      const read = await summary(parseJson, JSON.stringify(record, null, indent));
      assert.ok(read.some((line) => line.endsWith("a | x")), read.join("\n"));
    }
  }
});

Deno.test("an article with a list before its content is read", async () => {
  const input = JSON.stringify({ title: "a", children: [{ name: "b" }], content: "x" });
  const read = await summary(parseJson, input);
  assert.ok(read.includes("1: a | x"), read.join("\n"));
});

Deno.test("lists within lists, and under unusual names, are found", async () => {
  for (
    const value of [
      { pages: [{ articles: [A] }, { articles: [B] }] },
      { models: { Essay: [A, B] } },
      { data: { posts: { edges: [{ node: A }, { node: B }] } } },
      { kind: "Listing", data: { children: [{ kind: "t3", data: A }, { kind: "t3", data: B }] } },
      [{ articles: [A] }, { articles: [B] }],
    ]
  ) {
    for (const indent of [0, 1]) {
      const read = await summary(parseJson, JSON.stringify(value, null, indent));
      assert.deepEqual(read.map((line) => line.replace(/^\d+: /, "")), ["a | x", "b | y"]);
    }
  }
});

Deno.test("an article without a content is rejected, and its comments are no articles", async () => {
  const teaser = { title: "a", url: "https://a.example/1", comments: [{ body: "c" }] };
  const read = await summary(parseJson, JSON.stringify([teaser, A]));
  assert.deepEqual(read, ["1: ! content is missing", "1: a | x"]);
});

Deno.test("of a Ghost export, the published posts are read", async () => {
  const post = (more: object) => ({ title: "a", html: "x", status: "published", ...more });
  const posts = [post({}), post({ status: "draft" }), post({ type: "page" }), post({ title: "b" })];
  const data = { posts, users: [{ id: 1, name: "c" }], tags: [{ name: "t", description: "d" }] };
  for (const indent of [0, 2]) {
    const input = JSON.stringify({ db: [{ meta: { version: "5" }, data }] }, null, indent);
    const read = (await summary(parseJson, input)).map((line) => line.replace(/^\d+: /, ""));
    assert.deepEqual(read, [
      "a | x",
      "! the post is not published: draft",
      "! it is a Ghost page, not a post",
      "b | x",
    ]);
    await assertSameAtEachSplit(parseJson, input);
  }
});

Deno.test("a Ghost post without HTML has the text of its editor's document", async () => {
  const lexical = JSON.stringify({
    root: { children: [{ children: [{ text: "x" }] }, { children: [{ text: "y" }] }] },
  });
  for (const html of [null, ""]) {
    const post = { title: "a", html, lexical, status: "published" };
    assert.deepEqual(await summary(parseJson, JSON.stringify({ posts: [post] })), ["1: a | x\ny"]);
  }
});

Deno.test("a list that is cut off on the only line keeps its whole records", async () => {
  const items = [{ title: "a", content_text: "x" }, { title: "b", content_text: "y" }];
  const feed = JSON.stringify({ title: 'A "feed"', items });
  assert.deepEqual(await summary(parseJson, `${feed.slice(0, -6)}\n`), [
    "1: a | x",
    "1: ! the record is not JSON: Unexpected end of JSON input",
  ]);
});

Deno.test("texts in parts are joined, as in Telegram exports", async () => {
  const messages = [
    { id: 1, text: ["看 ", { type: "link", text: "https://x.example" }, " 吧。\n第二行"] },
    { id: 2, text: [{ type: "paragraph", text: "一" }, { type: "paragraph", text: "二" }] },
    { id: 3, text: "三" },
  ];
  assert.deepEqual(await summary(parseJson, JSON.stringify({ name: "频道", messages })), [
    "1:  | 看 https://x.example 吧。\n第二行",
    "1:  | 一\n二",
    "1:  | 三",
  ]);
});

Deno.test("database type wrappers around values are unwrapped", async () => {
  const record = {
    _id: { $oid: "5f" },
    content: "x",
    date: { $date: { $numberLong: "1577934245000" } },
  };
  const [only] = await parse(parseJson, JSON.stringify(record));
  assert.ok(only?.kind === "article");
  assert.equal(only.article.published, "2020-01-02T03:04:05Z");
});

Deno.test("a script that assigns a value, or passes it to a function, is read as that value", async () => {
  const tweets = [{ tweet: { full_text: "x" } }, { tweet: { full_text: "y" } }];
  const list = JSON.stringify(tweets, null, 1);
  for (const input of [`window.own["tweets-1"].part0 =\n${list}`, `show(${list});\n`]) {
    const read = await parse(parseJson, input);
    assert.deepEqual(read.map((one) => one.kind === "article" && one.article.content), ["x", "y"]);
  }
});

Deno.test("an entry of a JSON Feed may be a link to another page alone", async () => {
  const items = [{ id: "1", external_url: "http://x/1" }];
  const [only] = await parse(
    parseJson,
    JSON.stringify({ version: "https://jsonfeed.org/version/1.1", items }),
  );
  assert.equal(only?.kind === "article" && only.article.url, "http://x/1");
});

Deno.test("entries of a JSON Feed without authors have those of the feed", async () => {
  const feed = {
    version: "https://jsonfeed.org/version/1.1",
    authors: [{ name: "甲" }],
    items: [{ id: "1", content_text: "a" }, {
      id: "2",
      content_text: "b",
      authors: [{ name: "乙" }],
    }],
  };
  const read = await parse(parseJson, JSON.stringify(feed));
  assert.deepEqual(read.map((one) => one.kind === "article" && one.article.author), ["甲", "乙"]);
});

/** Tables of arrays. */
const ROWS = [["title", "content", "n"], ["a", "x", 1], ["b", "y"]];
const TABLES: Record<string, string> = {
  "an array of rows": JSON.stringify(ROWS),
  "an indented array of rows": JSON.stringify(ROWS, null, 1),
  "a row on each line": ROWS.map((row) => JSON.stringify(row)).join("\n"),
  "an object with rows": JSON.stringify({ range: "A1:B3", values: ROWS }),
  "an object with columns and rows": JSON.stringify({ columns: ROWS[0], data: ROWS.slice(1) }),
  "columns with types": JSON.stringify({
    cols: ROWS[0]!.map((name) => ({ name, type: "text" })),
    rows: ROWS.slice(1),
  }),
};

for (const [name, input] of Object.entries(TABLES)) {
  Deno.test(`a table is read from ${name}`, async () => {
    const read = (await summary(parseJson, input)).map((line) => line.replace(/^\d+: /, ""));
    assert.deepEqual(read, ["a | x", "b | y"]);
    await assertSameAtEachSplit(parseJson, input);
  });
}

Deno.test("arrays without a row that names a content are no articles", async () => {
  for (const input of ['["a", "b"]', '["a"]\n["b"]', "[[1, 2], [3]]", '["one, two", "three"]']) {
    const read = await summary(parseJson, input);
    assert.ok(
      read.length > 0 && read.every((line) => line.endsWith("is not a JSON object")),
      input,
    );
  }
});

Deno.test("an object with very many members is read in time that grows with its length", async () => {
  const members = ['"data":[1]', '"data":{"a":1}', '"k-1":{}', '"k":1'];
  for (const member of members) {
    const input = `{${Array.from({ length: 90_000 }, () => member).join(",")}}`;
    assert.equal((await summary(parseJson, input)).length, 1);
  }
});
