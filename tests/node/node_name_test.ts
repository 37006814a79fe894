import assert from "node:assert/strict";
import { takeNodeName } from "../../lib/node/node_name.ts";

Deno.test("a restarted node keeps its name", async () => {
  const folder = await Deno.makeTempDir();
  let first: string;
  {
    using taken = await takeNodeName(folder, "host");
    first = taken.name;
  }
  using again = await takeNodeName(folder, "host");
  assert.equal(again.name, first);
  assert.match(first, /^host-[0-9a-f]{4}$/);
});

Deno.test("two nodes with one folder have different names", async () => {
  const folder = await Deno.makeTempDir();
  using one = await takeNodeName(folder, "host");
  using two = await takeNodeName(folder, "host");
  assert.notEqual(one.name, two.name);
});

Deno.test("a killed node's name passes to its successor", async () => {
  const folder = await Deno.makeTempDir();
  const module = new URL("../../lib/node/node_name.ts", import.meta.url).href;
  const code = `
    const { takeNodeName } = await import(${JSON.stringify(module)});
    const taken = await takeNodeName(${JSON.stringify(folder)}, "host");
    await Deno.stdout.write(new TextEncoder().encode(taken.name + "\\n"));
    setInterval(() => {}, 1000);`;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", code],
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  const name = new TextDecoder().decode(value).trim();
  child.kill("SIGKILL");
  await child.status;
  await reader.cancel();
  using taken = await takeNodeName(folder, "host");
  assert.equal(taken.name, name);
});
