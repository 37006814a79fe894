import assert from "node:assert/strict";
import { h } from "preact";
import { App, createDefine, csp } from "fresh";
import { Head } from "fresh/runtime";
import { mountSnapshot } from "../../server/app.ts";
import { EMPTY_SNAPSHOT, type RouteFile } from "../../server/snapshot.ts";

const define = createDefine<unknown>();

/** Requests a path of an application with these route files. */
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

Deno.test("missing outer elements of a document are added", async () => {
  assert.equal(
    await textOf({ index: { default: () => h("p", null, "hi") } }, "/"),
    '<!DOCTYPE html><html><head><meta charset="utf-8"/></head><body><p>hi</p></body></html>',
  );
});

Deno.test("a page is wrapped in the layouts of its folders, innermost first", async () => {
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

Deno.test("a page's head elements replace the same elements, or are added", async () => {
  const page = () =>
    h(Head, null, [
      h("title", null, "page"),
      h("meta", { name: "description", content: "one" }),
      h("link", { rel: "icon", href: "/icon.svg" }),
    ]);
  const html = await textOf({ "_app": { default: wrapper }, "index": { default: page } }, "/");
  assert.match(
    html,
    /<head><title>page<\/title><meta name="description" content="one"\/><link [^>]*icon.svg"\/><\/head>/,
  );
});

Deno.test("the last stylesheet without a key is kept; with keys, all are", async () => {
  const sheets = (keyed: boolean) => () =>
    h(
      Head,
      null,
      [1, 2].map((n) => {
        const props = { rel: "stylesheet", href: `/${n}.css` };
        return h("link", keyed ? { ...props, key: n } : props);
      }),
    );
  const hrefs = async (keyed: boolean) => {
    const html = await textOf({ index: { default: sheets(keyed) } }, "/");
    return [...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href);
  };
  assert.deepEqual(await hrefs(false), ["/2.css"]);
  assert.deepEqual(await hrefs(true), ["/1.css", "/2.css"]);
});

Deno.test("an SVG title replaces the page's title", async () => {
  const page = () =>
    h("main", null, [
      h(Head, null, h("title", null, "page")),
      h("svg", null, h("title", null, "x")),
    ]);
  const html = await textOf({ "_app": { default: wrapper }, "index": { default: page } }, "/");
  assert.match(html, /<head><title>site<\/title>/);
  assert.match(html, /<svg><title>page<\/title><\/svg>/);
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

Deno.test("links to the current page and its ancestors are marked", async () => {
  const page = () =>
    ["/", "/a", "/a/b?c", "/other", "https://other.example/a"].map((href) => h("a", { href }));
  const html = await textOf({ "a/b": { default: page } }, "/a/b");
  assert.deepEqual(html.match(/<a [^>]*>/g), [
    '<a href="/" data-ancestor="true" aria-current="true">',
    '<a href="/a" data-ancestor="true" aria-current="true">',
    '<a href="/a/b?c" data-ancestor="true" aria-current="true">',
    '<a href="/other">',
    '<a href="https://other.example/a">',
  ]);
});

Deno.test("the nearest error page handles a page that fails to render", async () => {
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

Deno.test("_404 handles unmatched paths, with status 404", async () => {
  const files = { "_404": { default: () => "nothing here" } };
  const response = await ask(files, "/nothing");
  assert.equal(response.status, 404);
  assert.match(await response.text(), /<body>nothing here<\/body>/);
});

Deno.test("a page without islands has no scripts, and no header that preloads them", async () => {
  const response = await ask({ index: { default: () => h("p", null) } }, "/");
  assert.equal(response.headers.get("link"), null);
  assert.doesNotMatch(await response.text(), /<script/);
});

Deno.test("a file without a usable export is rejected by name", async () => {
  await assert.rejects(() => ask({ "broken": {} }, "/"), {
    message: "Cannot use routes/broken: it exports neither a handler nor a component",
  });
});
