import assert from "node:assert/strict";
import { createRouter } from "../../../lib/fresh/server/router.ts";

Deno.test("a pattern without parameters wins over one with, whatever the order", () => {
  const router = createRouter<string>();
  router.add("GET", "/articles/:id", "one");
  router.add("GET", "/articles/new", "new");
  assert.equal(router.match("GET", "/articles/new")?.item, "new");
  assert.equal(router.match("GET", "/articles/7")?.item, "one");
});

Deno.test("of two patterns with parameters the first added wins", () => {
  const router = createRouter<string>();
  router.add("GET", "/:first/x", "first");
  router.add("GET", "/a/:second", "second");
  router.add("GET", "/:rest*", "rest");
  assert.equal(router.match("GET", "/a/x")?.item, "first");
  assert.equal(router.match("GET", "/a/y")?.item, "second");
  assert.equal(router.match("GET", "/b/y/z")?.item, "rest");
});

Deno.test("parameters are decoded, and those left out are empty", () => {
  const router = createRouter<string>();
  router.add("GET", "/articles/:id", "article");
  router.add("GET", "/opt{/:lang}?", "optional");
  router.add("GET", "/files/:path*", "files");
  const params = (path: string) => router.match("GET", path)?.params;
  assert.deepEqual(params("/articles/%E4%B8%AD"), { id: "中" });
  assert.deepEqual(params("/articles/%E4%B8"), { id: "%E4%B8" });
  assert.deepEqual(params("/opt"), { lang: "" });
  assert.deepEqual(params("/opt/zh"), { lang: "zh" });
  assert.deepEqual(params("/files"), { path: "" });
  assert.deepEqual(params("/files/a/b.txt"), { path: "a/b.txt" });
});

Deno.test("a trailing slash makes no difference to a pattern without parameters", () => {
  const router = createRouter<string>();
  router.add("GET", "/about", "about");
  assert.equal(router.match("GET", "/about/")?.pattern, "/about");
});

Deno.test("HEAD falls back to GET, and another method is said not to be handled", () => {
  const router = createRouter<string>();
  router.add("GET", "/a", "get");
  router.add("POST", "/a", "post");
  assert.equal(router.match("HEAD", "/a")?.item, "get");
  assert.deepEqual(router.match("PUT", "/a"), {
    pattern: "/a",
    params: {},
    item: undefined,
    allowed: ["GET", "POST"],
  });
  assert.equal(router.match("GET", "/b"), undefined);
});
