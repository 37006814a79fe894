import assert from "node:assert/strict";
import { createRouter, type Router } from "../../server/router.ts";

/** Matches a path on this origin. */
function match<Item>(router: Router<Item>, method: string, path: string) {
  return router.match(method, new URL(path, "http://localhost"));
}

Deno.test("a static pattern wins over a dynamic one, in any order", () => {
  const router = createRouter<string>();
  router.add("GET", "/articles/:id", "one");
  router.add("GET", "/articles/new", "new");
  assert.equal(match(router, "GET", "/articles/new")?.item, "new");
  assert.equal(match(router, "GET", "/articles/7")?.item, "one");
});

Deno.test("of two dynamic patterns, the first one added wins", () => {
  const router = createRouter<string>();
  router.add("GET", "/:first/x", "first");
  router.add("GET", "/a/:second", "second");
  router.add("GET", "/:rest*", "rest");
  assert.equal(match(router, "GET", "/a/x")?.item, "first");
  assert.equal(match(router, "GET", "/a/y")?.item, "second");
  assert.equal(match(router, "GET", "/b/y/z")?.item, "rest");
});

Deno.test("parameters are decoded, and omitted ones are empty", () => {
  const router = createRouter<string>();
  router.add("GET", "/articles/:id", "article");
  router.add("GET", "/opt{/:lang}?", "optional");
  router.add("GET", "/files/:path*", "files");
  const params = (path: string) => match(router, "GET", path)?.params;
  assert.deepEqual(params("/articles/%E4%B8%AD"), { id: "中" });
  assert.deepEqual(params("/opt"), { lang: "" });
  assert.deepEqual(params("/opt/zh"), { lang: "zh" });
  assert.deepEqual(params("/files"), { path: "" });
  assert.deepEqual(params("/files/a/b.txt"), { path: "a/b.txt" });
});

Deno.test("a malformed parameter throws, except for an unsupported method", () => {
  const router = createRouter<string>();
  router.add("GET", "/articles/:id", "article");
  assert.throws(() => match(router, "GET", "/articles/%E4%B8"), URIError);
  assert.deepEqual(match(router, "PUT", "/articles/%E4%B8")?.params, {});
});

Deno.test("a trailing slash is ignored by a static pattern", () => {
  const router = createRouter<string>();
  router.add("GET", "/about", "about");
  router.add("GET", "/articles/:id", "article");
  assert.equal(match(router, "GET", "/about/")?.pattern, "/about");
  assert.equal(match(router, "GET", "/articles/1/"), undefined);
});

Deno.test("HEAD falls back to GET, and a match without an item lists the supported methods", () => {
  const router = createRouter<string>();
  router.add("GET", "/a", "get");
  router.add("POST", "/a", "post");
  assert.equal(match(router, "HEAD", "/a")?.item, "get");
  assert.deepEqual(match(router, "PUT", "/a"), {
    pattern: "/a",
    params: {},
    item: undefined,
    allowed: ["GET", "POST"],
  });
  assert.equal(match(router, "GET", "/b"), undefined);
});
