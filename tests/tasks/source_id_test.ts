import assert from "node:assert/strict";
import { sourceId } from "../../tasks/source_id.ts";

/** Creates a project with these files in a temporary folder. */
async function makeProject(files: Record<string, string>): Promise<string> {
  const root = await Deno.makeTempDir();
  for (const [path, text] of Object.entries(files)) {
    await Deno.mkdir(`${root}/${path}`.replace(/\/[^/]+$/, ""), { recursive: true });
    await Deno.writeTextFile(`${root}/${path}`, text);
  }
  return root;
}

Deno.test("the id of sources changes with their content, not with their folder", async () => {
  const files = { "routes/index.tsx": "a", "static/page.css": "b", "deno.json": "{}" };
  const projects = [
    files,
    { ...files },
    { ...files, "static/page.css": "c" },
    { ...files, "static/more.css": "" },
    { "routes/page.tsx": "a", "static/page.css": "b", "deno.json": "{}" },
    { ...files, "data/articles": "not a source", "README.md": "neither" },
  ];
  const roots = await Promise.all(projects.map(makeProject));
  try {
    const [id, again, changed, added, renamed, beside] = await Promise.all(roots.map(sourceId));
    assert.match(id ?? "", /^[0-9a-f]{64}$/);
    assert.equal(again, id);
    assert.equal(beside, id);
    assert.equal(new Set([id, changed, added, renamed]).size, 4);
  } finally {
    await Promise.all(roots.map((root) => Deno.remove(root, { recursive: true })));
  }
});
