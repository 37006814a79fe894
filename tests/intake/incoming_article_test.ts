import assert from "node:assert/strict";
import { readArticle } from "../../lib/intake/incoming_article.ts";

function error(value: unknown): string {
  const read = readArticle(value);
  assert.equal(read.kind, "rejected");
  return read.kind === "rejected" ? read.error : "";
}

Deno.test("an article with title and content alone belongs to group 1 and has no source", () => {
  assert.deepEqual(readArticle({ title: "t", content: "" }), {
    kind: "article",
    article: { source: null, title: "t", content: "", groupId: 1, group: null },
  });
});

Deno.test("a group is given by id or by name", () => {
  const base = { title: "t", content: "c", source: "s" };
  assert.deepEqual(readArticle({ ...base, group_id: 7 }), {
    kind: "article",
    article: { source: "s", title: "t", content: "c", groupId: 7, group: null },
  });
  assert.deepEqual(readArticle({ ...base, group: "诗经" }), {
    kind: "article",
    article: { source: "s", title: "t", content: "c", groupId: null, group: "诗经" },
  });
  assert.equal(
    error({ ...base, group_id: 7, group: "诗经" }),
    "group_id and group cannot both be given",
  );
});

Deno.test("null and empty names count as not given, unknown fields are ignored", () => {
  const value = { title: "t", content: "c", source: "", group: null, group_id: null, author: 5 };
  assert.deepEqual(readArticle(value), {
    kind: "article",
    article: { source: null, title: "t", content: "c", groupId: 1, group: null },
  });
});

Deno.test("what is wrong is said in words that name the field", () => {
  assert.equal(error({ content: "c" }), "title is missing");
  assert.equal(error({ title: 5, content: null }), "title must be text; content must be text");
  assert.equal(
    error({ title: "t".repeat(501), content: "c" }),
    "title is longer than 500 characters",
  );
  assert.equal(
    error({ title: "t", content: "c", source: "s".repeat(801) }),
    "source is longer than 800 characters",
  );
  for (const group_id of [0, -1, 1.5, "1", 2 ** 31, true, NaN]) {
    assert.equal(
      error({ title: "t", content: "c", group_id }),
      "group_id must be a whole number from 1 to 2147483647",
    );
  }
  for (const value of [null, 5, "text", [], undefined]) {
    assert.equal(error(value), "the article is not a JSON object");
  }
});

Deno.test("text comes out as the database can hold it, without NUL and halves of characters", () => {
  const read = readArticle({ title: "a\0b", content: "\uD83D x 😀" });
  assert.ok(read.kind === "article");
  assert.equal(read.article.title, "ab");
  assert.equal(read.article.content, "\uFFFD x 😀");
});

Deno.test("a title may be empty, but not missing", () => {
  assert.equal(readArticle({ title: "", content: "c" }).kind, "article");
});
