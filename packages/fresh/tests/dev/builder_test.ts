import assert from "node:assert/strict";
import { once } from "node:events";
import { get } from "node:http";
import { App, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import { createFreshProject, type FreshProject } from "../support/fresh_project.ts";

const APP = new URL("../islands_app/", import.meta.url);

/** The URL paths of the script and the stylesheet on a page. */
async function pathsOnPage(url: string): Promise<{ script: string; style: string }> {
  const html = await (await fetch(url)).text();
  const script = /"(\/_fresh\/js\/[^"]+)"/.exec(html)?.[1];
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1];
  assert.ok(script !== undefined && style !== undefined);
  return { script, style };
}

/** The encoding of a response, which `fetch` decodes and hides. */
async function encodingOf(url: string, accepted: string): Promise<string | undefined> {
  const request = get(url, { headers: { "accept-encoding": accepted } });
  const [response] = await once(request, "response");
  await response.resume().toArray();
  return response.headers["content-encoding"];
}

async function buildIdOf({ folder }: FreshProject): Promise<string> {
  const source = await Deno.readTextFile(`${folder}/_fresh/server.js`);
  return /buildId: "(\w+)"/.exec(source)?.[1] ?? "";
}

Deno.test("a built application serves its scripts and static files", async (t) => {
  await using project = await createFreshProject(APP);
  await project.run("dev.ts", { args: ["build"] });
  await using server = await project.serve("_fresh/compiled-entry.js");
  const { script, style } = await pathsOnPage(server.url);
  const requestPath = async (path: string, headers: HeadersInit = {}, method = "GET") => {
    const response = await fetch(server.url + path, { method, headers, redirect: "manual" });
    return { response, text: await response.text() };
  };

  await t.step("cached forever, under a path that changes with the build", async () => {
    for (const path of [script, style]) {
      const { response } = await requestPath(path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    }
  });

  await t.step("uncompressed, whatever the client accepts", async () => {
    assert.equal(await encodingOf(server.url + script, "gzip, br"), undefined);
    assert.equal(await encodingOf(server.url, "gzip, br"), undefined);
  });

  await t.step(
    "under a plain path with an entity tag, so that they are not sent twice",
    async () => {
      const { response, text } = await requestPath("/page.css");
      assert.match(response.headers.get("cache-control") ?? "", /no-cache/);
      assert.equal(response.headers.get("content-type"), "text/css; charset=UTF-8");
      assert.match(text, /color/);
      const etag = response.headers.get("etag") ?? "";
      const again = await requestPath("/page.css", { "if-none-match": etag });
      assert.equal(again.response.status, 304);
      assert.equal(again.text, "");
      assert.equal(
        (await requestPath("/page.css", { "if-none-match": '"other"' })).response.status,
        200,
      );
      const bare = etag.replace(/^W\/"|"$/g, "");
      const unquoted = await requestPath("/page.css", { "if-none-match": bare });
      assert.equal(unquoted.response.status, 304, "as the published package");
    },
  );

  await t.step("by a redirect to a page of another build", async () => {
    const { response } = await requestPath("/page.css?a=1&__frsh_c=old");
    assert.equal(response.status, 307);
    assert.equal(response.headers.get("location"), "/page.css?a=1");
  });

  await t.step("to GET and HEAD only", async () => {
    assert.equal((await requestPath("/page.css", {}, "POST")).response.status, 405);
    assert.equal((await requestPath("/page.css", {}, "DELETE")).response.status, 405);
  });

  await t.step("and no other files", async () => {
    const paths = [
      "/..%2fdeno.json",
      "/static/../deno.json",
      "/%2e%2e/deno.json",
      "/%ff",
      "/_fresh",
    ];
    for (const path of paths) assert.equal((await requestPath(path)).response.status, 404);
  });

  await t.step("and no scripts on a page without islands", async () => {
    const { text } = await requestPath("/plain");
    assert.doesNotMatch(text, /<script/);
  });
});

Deno.test("a build's id is derived from the revision in the environment, or random", async () => {
  await using project = await createFreshProject(APP);
  const build = async (env: Record<string, string>) => {
    await project.run("dev.ts", { args: ["build"], env });
    return await buildIdOf(project);
  };
  const first = await build({ DENO_DEPLOYMENT_ID: "1" });
  assert.equal(await build({ DENO_DEPLOYMENT_ID: "1" }), first);
  assert.notEqual(await build({ DENO_DEPLOYMENT_ID: "2" }), first);
  assert.notEqual(await build({}), await build({}));
});

Deno.test("an application is served from a build in memory", async () => {
  await using project = await createFreshProject(APP);
  const builder = new Builder({ root: project.folder });
  const mount = await builder.build({ snapshot: "memory" });
  const app = new App<unknown>().use(staticFiles()).fsRoutes();
  mount(app);
  const response = await app.handler()(new Request("http://localhost/"));
  assert.match(await response.text(), /<!--frsh:island:Toggle.default:/);
  const style = await app.handler()(new Request("http://localhost/page.css"));
  assert.match(await style.text(), /color/);
  await assert.rejects(Deno.stat(`${project.folder}/_fresh`), Deno.errors.NotFound);
});

Deno.test("a build that fails names the module", async () => {
  await using project = await createFreshProject(APP);
  await Deno.writeTextFile(`${project.folder}/islands/Broken.tsx`, "export default () => <p>;\n");
  const builder = new Builder({ root: project.folder });
  await assert.rejects(() => builder.build(), /Cannot bundle the islands: [^]*Broken\.tsx/);
});
