import assert from "node:assert/strict";
import { gunzipSync } from "node:zlib";
import { h } from "preact";
import { App, createDefine, csp } from "fresh";
import { Head } from "fresh/runtime";
import { mountSnapshot } from "../../../lib/fresh/server/app.ts";
import { EMPTY_SNAPSHOT, type RouteFile } from "../../../lib/fresh/server/snapshot.ts";

const define = createDefine<unknown>();

/** What an application with these route files answers. */
async function ask(files: Record<string, RouteFile["module"]>, path: string, init?: RequestInit) {
  const app = new App<unknown>().use(csp({ useNonce: true })).fsRoutes();
  const routes = Object.entries(files).map(([path, module]) => ({ path, module }));
  mountSnapshot(app, { ...EMPTY_SNAPSHOT, routes }, "production");
  return await app.handler()(new Request(`http://localhost${path}`, init));
}

const wrapper = define.page(({ Component }) =>
  h("html", null, [
    h("head", null, [h("title", null, "site"), h("meta", { name: "description", content: "all" })]),
    h("body", null, h(Component, null)),
  ])
);

async function textOf(files: Record<string, RouteFile["module"]>, path: string): Promise<string> {
  return await (await ask(files, path)).text();
}

Deno.test("a document lacking its outer elements gets them", async () => {
  assert.equal(
    await textOf({ index: { default: () => h("p", null, "hi") } }, "/"),
    '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><p>hi</p></body></html>',
  );
});

Deno.test("a page is in the layouts of its folders, from the inside out", async () => {
  const layout = (name: string) =>
    define.layout(({ Component }) => h("div", { class: name }, h(Component, null)));
  const files = {
    "_layout": { default: layout("outer") },
    "a/_layout": { default: layout("inner") },
    "a/page": { default: () => "page" },
    "a/alone": { default: () => "alone", config: { skipInheritedLayouts: true } },
    "b/_layout": { default: layout("own"), config: { skipInheritedLayouts: true } },
    "b/page": { default: () => "page" },
  };
  assert.match(
    await textOf(files, "/a/page"),
    /<body><div class="outer"><div class="inner">page<\/div><\/div><\/body>/,
  );
  assert.match(await textOf(files, "/a/alone"), /<body>alone<\/body>/);
  assert.match(await textOf(files, "/b/page"), /<body><div class="own">page<\/div><\/body>/);
});

Deno.test("what a page puts into the head replaces its like there, or is added", async () => {
  const page = () =>
    h("main", null, [
      h(Head, null, [
        h("title", null, "page"),
        h("meta", { name: "description", content: "one" }),
        h("link", { rel: "icon", href: "/icon.svg" }),
      ]),
      h("svg", null, h("title", null, "drawing")),
    ]);
  const html = await textOf({ "_app": { default: wrapper }, "index": { default: page } }, "/");
  assert.match(
    html,
    /<head><title>page<\/title><meta name="description" content="one"\/><link [^>]*icon.svg"\/><\/head>/,
  );
  assert.match(html, /<svg><title>drawing<\/title><\/svg>/);
});

Deno.test("the page's nonce is in the policy and on its inline scripts and styles", async () => {
  const page = () => h("style", null, "p { color: red }");
  const response = await ask({ index: { default: page } }, "/");
  const policy = response.headers.get("content-security-policy") ?? "";
  const nonce = /script-src 'self' 'nonce-(\w+)'/.exec(policy)?.[1];
  assert.ok(nonce);
  assert.ok((await response.text()).includes(`<style nonce="${nonce}">`));
  const next = await ask({ index: { default: page } }, "/");
  assert.doesNotMatch(next.headers.get("content-security-policy") ?? "", new RegExp(nonce));
  await next.body?.cancel();
});

Deno.test("links to the page shown and to those above it are marked", async () => {
  const page = () =>
    ["/", "/a", "/a/b?c", "/other", "https://other.example/a"].map((href) => h("a", { href }));
  const html = await textOf({ "a/b": { default: page } }, "/a/b");
  assert.deepEqual(html.match(/<a [^>]*>/g), [
    '<a href="/" data-ancestor="true" aria-current="true">',
    '<a href="/a" data-ancestor="true" aria-current="true">',
    '<a href="/a/b?c" data-current="true" aria-current="page">',
    '<a href="/other">',
    '<a href="https://other.example/a">',
  ]);
});

Deno.test("a page that fails to render is answered by the nearest error page", async () => {
  const fail = () => {
    throw new Error("no");
  };
  const files = {
    "_error": { default: () => "outer" },
    "a/_error": { default: define.page(({ error }) => `inner: ${error}`) },
    "a/page": { default: fail },
    "page": { default: fail },
  };
  const response = await ask(files, "/a/page");
  assert.equal(response.status, 500);
  assert.match(await response.text(), /<body>inner: Error: no<\/body>/);
  assert.match(await textOf(files, "/page"), /<body>outer<\/body>/);
});

Deno.test("_404 answers what is not found, with its status", async () => {
  const files = { "_404": { default: () => "nothing here" } };
  const response = await ask(files, "/nothing");
  assert.equal(response.status, 404);
  assert.match(await response.text(), /<body>nothing here<\/body>/);
});

Deno.test("a large page is compressed for whoever takes it", async () => {
  const files = { index: { default: () => h("p", null, "long ".repeat(1000)) } };
  const small = await ask(files, "/", { headers: { "accept-encoding": "gzip" } });
  assert.equal(small.headers.get("content-encoding"), "gzip");
  assert.match(gunzipSync(await small.bytes()).toString(), /long long/);
  const whole = await ask(files, "/");
  assert.equal(whole.headers.get("content-encoding"), null);
  assert.match(await whole.text(), /long long/);
});

Deno.test("a file that exports nothing of use is refused by name", async () => {
  await assert.rejects(() => ask({ "broken": {} }, "/"), {
    message: "Cannot use routes/broken: it exports neither a handler nor a component",
  });
});
