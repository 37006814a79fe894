import assert from "node:assert/strict";
import type { Chunks } from "../../dev/chunks.ts";
import { withStableNames } from "../../dev/stable_names.ts";

function chunks(texts: Record<string, string>): Chunks {
  return new Map(
    Object.entries(texts).map(([name, text]) => [name, new TextEncoder().encode(text)]),
  );
}

async function named(texts: Record<string, string>): Promise<[string, string][]> {
  const result = await withStableNames(chunks(texts));
  return [...result].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)]);
}

Deno.test("shared chunks are named by their content, even if they refer to each other", async () => {
  const here = await named({
    "Page.js": 'import"./chunk-AAAAAAAA.js";import("./plot-BBBBBBBB.js")',
    "chunk-AAAAAAAA.js": 'import"./plot-BBBBBBBB.js";one',
    "plot-BBBBBBBB.js": 'import"./chunk-AAAAAAAA.js";two',
  });
  const there = await named({
    "plot-CCCCCCCC.js": 'import"./chunk-DDDDDDDD.js";two',
    "chunk-DDDDDDDD.js": 'import"./plot-CCCCCCCC.js";one',
    "Page.js": 'import"./chunk-DDDDDDDD.js";import("./plot-CCCCCCCC.js")',
  });
  assert.deepEqual(there, here);
  const names = here.map(([name]) => name);
  assert.equal(names[0], "Page.js");
  assert.ok(names[1]?.startsWith("chunk-") && names[2]?.startsWith("plot-"));
  assert.equal(here[0]?.[1], `import"./${names[1]}";import("./${names[2]}")`);
});

Deno.test("different content has a different name", async () => {
  const [[one] = []] = await named({ "chunk-AAAAAAAA.js": "one" });
  const [[two] = []] = await named({ "chunk-AAAAAAAA.js": "two" });
  assert.notEqual(one, two);
});
