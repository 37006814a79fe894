import assert from "node:assert/strict";
import { readTokens, writeToken } from "../../../lib/dashboard/failures/filter_tokens.ts";

Deno.test("names before a colon are filters, and everything else is text", () => {
  assert.deepEqual(readTokens('source:feeds boo node:"vm 1" http://x id:7'), {
    text: "boo http://x",
    fields: [["source", "feeds"], ["node", "vm 1"], ["id", "7"]],
  });
  assert.deepEqual(readTokens("来源:feeds 节点：一 网址：x"), {
    text: "网址：x",
    fields: [["source", "feeds"], ["node", "一"]],
  });
  assert.deepEqual(readTokens("   "), { text: "", fields: [] });
});

Deno.test("a filter round-trips through its text", () => {
  for (const value of ["feeds", "Cannot read field #", "一 二"]) {
    assert.deepEqual(readTokens(writeToken("cause", value)).fields, [["cause", value]]);
  }
});
