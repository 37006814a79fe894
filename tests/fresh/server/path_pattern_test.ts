import assert from "node:assert/strict";
import {
  compareFilePaths,
  honoPaths,
  patternOfFile,
} from "../../../lib/fresh/server/path_pattern.ts";

Deno.test("a file's path stands for a pattern", () => {
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
    "api/[version].json": "/api/:version.json",
  };
  for (const [path, pattern] of Object.entries(patterns)) {
    assert.equal(patternOfFile(path), pattern);
  }
});

Deno.test("a pattern with a part that may be left out matches as several paths", () => {
  assert.deepEqual(honoPaths("/articles/:id"), ["/articles/:id"]);
  assert.deepEqual(honoPaths("/opt{/:lang}?"), ["/opt/:lang", "/opt"]);
  assert.deepEqual(honoPaths("{/:lang}?"), ["/:lang", "/"]);
  assert.deepEqual(honoPaths("/a{/:b}?/c"), ["/a/:b/c", "/a/c"]);
  assert.deepEqual(honoPaths("/a/:b?"), ["/a/:b", "/a"]);
  assert.deepEqual(honoPaths("/files/:path*"), ["/files/:path{.+}", "/files"]);
  assert.deepEqual(honoPaths("/files/:path+"), ["/files/:path{.+}"]);
  assert.deepEqual(honoPaths("/articles/:id(\\d+)"), ["/articles/:id{\\d+}"]);
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
