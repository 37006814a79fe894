import assert from "node:assert/strict";
import {
  EVERY_FAILURE,
  failureFields,
  failuresLink,
  filterOnly,
  isFiltered,
  readFailureQuery,
  toggled,
} from "../../../lib/dashboard/failures/failure_query.ts";

const read = (query: string) => readFailureQuery(new URLSearchParams(query));

Deno.test("a query is parsed from its URL, and invalid parameters are ignored", () => {
  assert.deepEqual(read(""), EVERY_FAILURE);
  assert.deepEqual(read("state=processed&cursor=-1&ask=drop&q=+&since=x&source="), EVERY_FAILURE);
  assert.deepEqual(
    read(
      "state=dead&q=+no+such+source%3Afeeds&cause=threw%3A+%23&reason=threw&reason=missing" +
        "&since=5&until=9&cursor=7.1&ask=clear",
    ),
    {
      ...EVERY_FAILURE,
      state: "dead",
      q: "no such",
      cause: ["threw: #"],
      reason: ["threw", "missing"],
      source: ["feeds"],
      since: 5,
      until: 9,
      cursor: "7.1",
      ask: "clear",
    },
  );
});

Deno.test("an empty selection does not select everything", () => {
  for (const query of ["of=selection", "of=selection&id=x"]) {
    assert.deepEqual([read(query).selection, read(query).ids], [true, []]);
  }
  assert.deepEqual(read("of=selection&id=3&id=5&id=3").ids, [3, 5]);
  assert.equal(read("id=3").selection, false);
});

Deno.test("a query round-trips through its form and its link", () => {
  const queries = [
    "of=selection",
    "of=selection&id=3&id=5",
    "state=retry&q=a%26b&source=x&source=y&node=n&group=g&since=1",
    "",
  ];
  for (const query of queries) {
    const parsed = read(query);
    assert.deepEqual(read(failuresLink(parsed).slice(1)), parsed);
    assert.deepEqual(readFailureQuery(new URLSearchParams(failureFields(parsed))), parsed);
  }
});

Deno.test("selected rows do not filter the list, but ids in the URL do", () => {
  assert.equal(isFiltered(read("of=selection&id=3&ask=retry")), false);
  assert.equal(isFiltered(read("id=3")), true);
  assert.deepEqual(filterOnly(read("id=3&cursor=9.1&ask=clear")).ids, [3]);
});

Deno.test("choosing a value twice removes it", () => {
  const once = toggled(read("source=a&cursor=4.1"), "source", "b");
  assert.deepEqual(once.source, ["a", "b"]);
  assert.equal(once.cursor, null);
  assert.deepEqual(toggled(once, "source", "a").source, ["b"]);
});
