import assert from "node:assert/strict";
import { once } from "node:events";
import { get } from "node:http";
import { App, staticFiles } from "fresh";
import { Builder } from "fresh/dev";
import { createFreshProject, type FreshProject } from "../../support/fresh_project.ts";

const APP = new URL("../islands_app/", import.meta.url);

/** The URL paths of the scripts and of the style sheet that a page names. */
async function pathsOnPage(url: string): Promise<{ script: string; style: string }> {
  const html = await (await fetch(url)).text();
  const script = /<script type="module" src="([^"]+)"/.exec(html)?.[1];
  const style = /<link rel="stylesheet" href="([^"]+)"/.exec(html)?.[1];
  assert.ok(script !== undefined && style !== undefined);
  return { script, style };
}

/** The encoding of an answer, which `fetch` undoes and hides. */
async function encodingOf(url: string, accepted: string): Promise<string | undefined> {
  const request = get(url, { headers: { "accept-encoding": accepted } });
  const [answer] = await once(request, "response");
  await answer.resume().toArray();
  return answer.headers["content-encoding"];
}

async function buildIdOf({ folder }: FreshProject): Promise<string> {
  const source = await Deno.readTextFile(`${folder}/_fresh/server.js`);
  return /buildId: "(\w+)"/.exec(source)?.[1] ?? "";
}

Deno.test("a built application serves its scripts and static files", async (t) => {
  await using project = await createFreshProject(APP);
  await project.run("dev.ts", "build");
  await using server = await project.serve("_fresh/compiled-entry.js");
  const { script, style } = await pathsOnPage(server.url);
  const ask = async (path: string, headers: HeadersInit = {}, method = "GET") => {
    const response = await fetch(server.url + path, { method, headers, redirect: "manual" });
    return { response, text: await response.text() };
  };

  await t.step("for good, under a path that changes with the build", async () => {
    for (const path of [script, style]) {
      const { response } = await ask(path);
      assert.equal(response.status, 200);
      assert.equal(response.headers.get("cache-control"), "public, max-age=31536000, immutable");
    }
  });

  await t.step("small to whoever takes it, and as they are to others", async () => {
    const { response, text } = await ask(script, { "accept-encoding": "gzip, br" });
    assert.equal(response.headers.get("vary"), "accept-encoding");
    const plain = await ask(script, { "accept-encoding": "identity" });
    assert.equal(plain.text, text);
    assert.equal(await encodingOf(server.url + script, "gzip, br"), "br");
    assert.equal(await encodingOf(server.url + script, "br;q=0, identity"), undefined);
  });

  await t.step("under a plain path, to be asked for again and not sent twice", async () => {
    const { response, text } = await ask("/page.css");
    assert.equal(response.headers.get("cache-control"), "no-cache");
    assert.equal(response.headers.get("content-type"), "text/css; charset=UTF-8");
    assert.match(text, /color/);
    const etag = response.headers.get("etag") ?? "";
    const again = await ask("/page.css", { "if-none-match": `"other", ${etag}` });
    assert.equal(again.response.status, 304);
    assert.equal(again.text, "");
    assert.equal((await ask("/page.css", { "if-none-match": '"other"' })).response.status, 200);
  });

  await t.step("as they are now to a page of another build", async () => {
    const { response } = await ask("/page.css?a=1&__frsh_c=old");
    assert.equal(response.status, 307);
    assert.equal(response.headers.get("location"), "/page.css?a=1");
  });

  await t.step("to readers only", async () => {
    assert.equal((await ask("/page.css", {}, "POST")).response.status, 405);
    assert.equal((await ask("/page.css", {}, "DELETE")).response.status, 405);
  });

  await t.step("and no file beside them", async () => {
    const paths = [
      "/..%2fdeno.json",
      "/static/../deno.json",
      "/%2e%2e/deno.json",
      "/%ff",
      "/_fresh",
    ];
    for (const path of paths) assert.equal((await ask(path)).response.status, 404);
  });

  await t.step("and no script to a page without islands", async () => {
    const { text } = await ask("/plain");
    assert.doesNotMatch(text, /<script/);
  });
});

Deno.test("a build's id is that of its content", async () => {
  await using project = await createFreshProject(APP);
  await using same = await createFreshProject(APP);
  await Promise.all([project.run("dev.ts", "build"), same.run("dev.ts", "build")]);
  const first = await buildIdOf(project);
  assert.equal(await buildIdOf(same), first);

  await Deno.writeTextFile(`${project.folder}/static/page.css`, "body { color: #333; }\n");
  await project.run("dev.ts", "build");
  const second = await buildIdOf(project);
  assert.notEqual(second, first);

  const island = `${project.folder}/islands/Toggle.tsx`;
  await Deno.writeTextFile(island, (await Deno.readTextFile(island)).replace(">toggle<", ">flip<"));
  await project.run("dev.ts", "build");
  assert.notEqual(await buildIdOf(project), second);
});

Deno.test("an application is served from a build in memory", async () => {
  await using project = await createFreshProject(APP);
  const builder = new Builder({ root: project.folder });
  const mount = await builder.build({ snapshot: "memory" });
  const app = new App<unknown>().use(staticFiles()).fsRoutes();
  mount(app);
  const answer = await app.handler()(new Request("http://localhost/"));
  assert.match(await answer.text(), /<!--frsh:island:Toggle.default:/);
  const style = await app.handler()(new Request("http://localhost/page.css"));
  assert.match(await style.text(), /color/);
  await assert.rejects(Deno.stat(`${project.folder}/_fresh`), Deno.errors.NotFound);
});

Deno.test("a build that fails says which module is to blame", async () => {
  await using project = await createFreshProject(APP);
  await Deno.writeTextFile(`${project.folder}/islands/Broken.tsx`, "export default () => <p>;\n");
  const builder = new Builder({ root: project.folder });
  await assert.rejects(() => builder.build(), /Cannot bundle the islands: [^]*Broken\.tsx/);
});
