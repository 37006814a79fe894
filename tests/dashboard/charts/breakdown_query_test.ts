import assert from "node:assert/strict";
import {
  readBreakdownChoice,
  writeBreakdownChoice,
} from "../../../lib/dashboard/charts/breakdown_query.ts";

const read = (query: string) => readBreakdownChoice(new URLSearchParams(query));

Deno.test("a URL contains the breakdown and the compared pair", () => {
  assert.deepEqual(read("by=node"), { by: "node", pair: [] });
  assert.deepEqual(read("by=group&a=poems&b=news"), { by: "group", pair: ["poems", "news"] });
});

Deno.test("invalid parameters are ignored", () => {
  for (const query of ["", "by=color", "a=x&b=y"]) {
    assert.deepEqual(read(query), { by: null, pair: [] }, query);
  }
  for (const query of ["by=node&a=x", "by=node&a=x&b=x", "by=node&a=&b=y"]) {
    assert.deepEqual(read(query), { by: "node", pair: [] }, query);
  }
});

Deno.test("a choice replaces only its own parameter in the URL", () => {
  const query = new URLSearchParams("span=1h&by=node&a=x&b=y");
  writeBreakdownChoice(query, { by: "group", pair: [] });
  assert.equal(query.toString(), "span=1h&by=group");
  writeBreakdownChoice(query, { by: null, pair: [] });
  assert.equal(query.toString(), "span=1h");
});
