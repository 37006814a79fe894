import assert from "node:assert/strict";
import { REDIS_REPLIES } from "../../lib/runtime/redis_replies.ts";
import { SQL_CLASSES } from "../../lib/runtime/sql_states.ts";

const PAGE = new URL("../../docs/operations.md", import.meta.url);

/** The rows of the table whose first header cell is `head`: code, effect, meaning. */
async function table(head: string): Promise<string[][]> {
  const page = await Deno.readTextFile(PAGE);
  const from = page.indexOf(`| ${head}`);
  assert.notEqual(from, -1, `there is no table of each ${head}`);
  const [lines = ""] = page.slice(from).split("\n\n");
  return lines.split("\n").slice(2)
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
}

const known = (codes: Record<string, { verdict: string; meaning: string }>) =>
  Object.entries(codes).map(([code, { verdict, meaning }]) => [`\`${code}\``, verdict, meaning])
    .sort();

Deno.test("docs/operations.md lists every known Redis error with its effect", async () => {
  assert.deepEqual((await table("reply of Redis")).sort(), known(REDIS_REPLIES));
});

Deno.test("docs/operations.md lists every known SQLSTATE class with its effect", async () => {
  const rows = (await table("SQLSTATE class")).filter(([code]) => !code?.startsWith("any other"));
  assert.deepEqual(rows.sort(), known(SQL_CLASSES));
});
