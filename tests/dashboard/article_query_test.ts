import assert from "node:assert/strict";
import { articlesLink, isFiltered, readArticleQuery } from "../../lib/dashboard/article_query.ts";

const read = (query: string) => readArticleQuery(new URLSearchParams(query));

Deno.test("a query is read from its address, and a link leads to it", () => {
  const asked = read("state=dead&q=%E9%93%B6%E8%A1%8C&source=a%26b&group=g&cursor=12");
  assert.deepEqual(asked, { state: "dead", q: "银行", source: "a&b", group: "g", cursor: 12 });
  assert.deepEqual(read(articlesLink(asked).slice(1)), asked);
});

Deno.test("what is not understood is not asked for", () => {
  const nothing = { state: null, q: null, source: null, group: null, cursor: null };
  assert.deepEqual(read("state=lost&q=&source=+&cursor=1e9"), nothing);
  assert.equal(articlesLink(nothing), "?");
});

Deno.test("a page further on is no filter", () => {
  assert.equal(isFiltered(read("cursor=12")), false);
  assert.equal(isFiltered(read("group=g")), true);
});
