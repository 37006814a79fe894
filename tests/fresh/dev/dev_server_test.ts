import assert from "node:assert/strict";
import { createFreshProject } from "../../support/fresh_project.ts";

const APP = new URL("../islands_app/", import.meta.url);

/** The data of server-sent events, one by one. */
async function* eventsOf(response: Response): AsyncGenerator<string> {
  assert.ok(response.body !== null);
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const events = text.split("\n\n");
    text = events.pop() ?? "";
    for (const event of events) yield /data: (.*)/.exec(event)?.[1] ?? "";
  }
}

Deno.test("pages are told to reload when an island or a static file changes", async () => {
  await using project = await createFreshProject(APP);
  await using server = await project.serve("dev.ts");
  const page = async () => await (await fetch(server.url)).text();
  const scripts = /\/_fresh\/js\/(\w+)\//;

  const events = eventsOf(await fetch(`${server.url}/_fresh/alive`));
  const next = async () => (await events.next()).value;
  const first = await next();
  assert.equal(scripts.exec(await page())?.[1], first);

  const island = `${project.folder}/islands/Toggle.tsx`;
  await Deno.writeTextFile(island, (await Deno.readTextFile(island)).replace(">toggle<", ">flip<"));
  const second = await next();
  assert.notEqual(second, first);
  assert.equal(scripts.exec(await page())?.[1], second);
  const chunk = await fetch(`${server.url}/_fresh/js/${second}/Toggle.js`);
  assert.match(await chunk.text(), /flip/);

  await Deno.writeTextFile(`${project.folder}/static/page.css`, "body { color: #333; }\n");
  assert.notEqual(await next(), second);
  const style = await fetch(`${server.url}/page.css`);
  assert.equal(style.headers.get("cache-control"), "no-cache");
  assert.match(await style.text(), /#333/);
  await events.return(undefined);
});
