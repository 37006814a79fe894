import assert from "node:assert/strict";
import {
  failureFields,
  failuresLink,
  readFailureQuery,
} from "../../lib/dashboard/failure_query.ts";

const read = (query: string) => readFailureQuery(new URLSearchParams(query));
const nothing = { state: null, q: null, cause: null, ids: null, cursor: null, ask: null };

Deno.test("a query is read from its address, and what is not understood is not asked for", () => {
  assert.deepEqual(read(""), nothing);
  assert.deepEqual(read("state=processed&cursor=-1&ask=drop&q=+"), nothing);
  assert.deepEqual(read("state=dead&q=+no+such+&cause=threw%3A+%23&cursor=7&ask=clear"), {
    state: "dead",
    q: "no such",
    cause: "threw: #",
    ids: null,
    cursor: 7,
    ask: "clear",
  });
});

Deno.test("a selection of nothing is not taken for everything", () => {
  assert.deepEqual(read("of=selection").ids, []);
  assert.deepEqual(read("of=selection&id=x").ids, []);
  assert.deepEqual(read("of=selection&id=3&id=5").ids, [3, 5]);
  assert.equal(read("id=3").ids, null);
});

Deno.test("what a form or a link asks for is read back from it", () => {
  for (const query of ["of=selection", "of=selection&id=3&id=5", "state=retry&q=a%26b", ""]) {
    const asked = read(query);
    assert.deepEqual(read(failuresLink(asked).slice(1)), asked);
    assert.deepEqual(readFailureQuery(new URLSearchParams(failureFields(asked))), asked);
  }
});
