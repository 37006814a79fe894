import assert from "node:assert/strict";
import { matchFiles } from "../../tasks/import/match_files.ts";

Deno.test("a pattern expands to the matching files, sorted", async () => {
  const root = await Deno.makeTempDir();
  await Deno.mkdir(`${root}/sub/deep`, { recursive: true });
  for (const name of ["a.csv", "b.csv", "c.jsonl", "sub/d.csv", "sub/deep/e.csv", "x.csv.gz"]) {
    await Deno.writeTextFile(`${root}/${name}`, "");
  }
  const cases: [string, string[]][] = [
    ["*.csv", ["a.csv", "b.csv"]],
    ["?.{csv,jsonl}", ["a.csv", "b.csv", "c.jsonl"]],
    ["sub/*", ["sub/d.csv"]],
    ["**/*.csv", ["sub/d.csv", "sub/deep/e.csv"]],
    ["*.pdf", []],
  ];
  for (const [pattern, names] of cases) {
    const found = await matchFiles(`${root}/${pattern}`);
    assert.deepEqual(found.map((path) => path.slice(root.length + 1)), names, pattern);
  }
  await Deno.remove(root, { recursive: true });
});
