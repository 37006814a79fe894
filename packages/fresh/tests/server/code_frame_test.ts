import assert from "node:assert/strict";
import { codeFrame, excerpt } from "../../server/code_frame.ts";

const TEXT = "one\ntwo\nthree\nfour\nfive\nsix\nseven";

Deno.test("an excerpt marks the position and shows the lines around it", () => {
  assert.equal(
    excerpt(TEXT, 4, 2),
    ["  2 | two", "  3 | three", "> 4 | four", "    |  ^", "  5 | five", "  6 | six", "  7 | seven"]
      .join("\n"),
  );
  assert.match(excerpt(TEXT, 1, 1), /^> 1 \| one\n {4}\| \^\n {2}2 \| two/);
});

Deno.test("a code frame shows the first stack position below the root", async () => {
  const root = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${root}/page.tsx`, TEXT);
    const stack = [
      "Error: no",
      "    at renderToString (file:///elsewhere/render.js:1:1)",
      `    at Page (file://${root}/page.tsx:4:2)`,
    ].join("\n");
    assert.match(codeFrame(stack, root) ?? "", /^page\.tsx:4:2\n\n[^]*> 4 \| four/);
    assert.equal(codeFrame(stack, `${root}/other`), undefined);
    assert.equal(codeFrame("Error: no\n    at file:///gone.ts:1:1", "/"), undefined);
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
