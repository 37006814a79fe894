import assert from "node:assert/strict";
import { compareFilePaths, patternOfFile } from "../../server/path_pattern.ts";

Deno.test("a file's path maps to a URL pattern", () => {
  const patterns = {
    "index": "/",
    "about": "/about",
    "articles/index": "/articles",
    "articles/[id]": "/articles/:id",
    "articles/[id]/index": "/articles/:id",
    "files/[...path]": "/files/:path*",
    "opt/[[lang]]/index": "/opt{/:lang}?",
    "(group)/grouped": "/grouped",
    "(group)/index": "/",
    "[[lang]]/index": "/{:lang}?",
    "(group)/[[lang]]": "/{:lang}?",
    "api/[version].json": "/api/:version.json",
  };
  for (const [path, pattern] of Object.entries(patterns)) {
    assert.equal(patternOfFile(path), pattern);
  }
});

Deno.test("files are ordered from the most specific to the least", () => {
  const ordered = [
    "(group)/articles/new",
    "articles/[id]/edit",
    "articles/[id]",
    "articles/[[id]]",
    "articles/[...rest]",
    "[page]",
    "[...rest]",
  ];
  assert.deepEqual(ordered.toReversed().sort(compareFilePaths), ordered);
});
