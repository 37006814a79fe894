import assert from "node:assert/strict";
import {
  articlesLink,
  dayBounds,
  isFiltered,
  readArticleQuery,
} from "../../../lib/dashboard/articles/article_query.ts";

const read = (query: string) => readArticleQuery(new URLSearchParams(query));

Deno.test("a query round-trips through its URL", () => {
  const asked = read(
    "state=dead&q=%E9%93%B6%E8%A1%8C&source=a%26b&group=g&day=2026-11-25&import=7&cursor=12",
  );
  const filter = { state: "dead", q: "银行", source: "a&b", group: "g", day: "2026-11-25" };
  assert.deepEqual(asked, { ...filter, import: 7, cursor: 12 });
  assert.deepEqual(read(articlesLink(asked).slice(1)), asked);
});

Deno.test("invalid parameters are ignored", () => {
  const nothing = {
    state: null,
    q: null,
    source: null,
    group: null,
    day: null,
    import: null,
    cursor: null,
  };
  assert.deepEqual(read("state=lost&q=&source=+&day=2026-02-30&import=x&cursor=1e9"), nothing);
  assert.equal(articlesLink(nothing), "?");
});

Deno.test("a page further on is no filter", () => {
  assert.equal(isFiltered(read("cursor=12")), false);
  assert.equal(isFiltered(read("group=g")), true);
});

Deno.test("a day begins at its midnight and ends at the next one", () => {
  const bounds = dayBounds("2026-12-31") ?? assert.fail();
  assert.equal(bounds.since, new Date(2026, 11, 31).getTime());
  assert.equal(bounds.until, new Date(2027, 0, 1).getTime());
  for (const text of ["", "2026-2-1", "2026-13-01", "2026-00-10", "2026-02-31", "yesterday"]) {
    assert.equal(dayBounds(text), null, text);
  }
});
