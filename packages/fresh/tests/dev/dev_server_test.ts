import assert from "node:assert/strict";
import { createFreshProject } from "../support/fresh_project.ts";

const APP = new URL("../islands_app/", import.meta.url);

const BROKEN = `export default function Broken() {
  throw new Error("broken <here>");
}
`;

/** Returns the first message of the socket that announces server restarts. */
function revision(url: string): Promise<number> {
  const socket = new WebSocket(`${url.replace("http:", "ws:")}/_frsh/alive`);
  return new Promise((resolve, reject) => {
    socket.onerror = () => reject(new Error("The server does not accept the socket"));
    socket.onmessage = ({ data }) => {
      socket.close();
      resolve(JSON.parse(data).revision);
    };
  });
}

Deno.test("each run of the development server announces another revision", async () => {
  await using project = await createFreshProject(APP);
  let first = 0;
  {
    await using server = await project.serve("dev.ts");
    first = await revision(server.url);
    assert.equal(await revision(server.url), first);
    const plain = await fetch(`${server.url}/_frsh/alive`);
    assert.equal(plain.status, 501);
    const style = await fetch(`${server.url}/page.css`);
    assert.match(style.headers.get("cache-control") ?? "", /no-store/);
    await style.body?.cancel();
  }
  await using server = await project.serve("dev.ts");
  assert.ok(await revision(server.url) > first);
});

Deno.test("a page that throws shows an overlay with the error and its source location", async () => {
  await using project = await createFreshProject(APP);
  await Deno.writeTextFile(`${project.folder}/routes/plain.tsx`, BROKEN);
  await using server = await project.serve("dev.ts");

  const response = await fetch(`${server.url}/plain`, { headers: { accept: "text/html" } });
  assert.equal(response.status, 500);
  const html = await response.text();
  assert.match(html, /broken &lt;here>/);
  assert.match(html, /routes\/plain\.tsx:2:9\n\n[^]*\n> 2 \| {3}throw/);
  assert.match(html, /<script>/);

  const program = await fetch(`${server.url}/plain`);
  assert.equal(await program.text(), "Internal server error");
});

Deno.test("while the application cannot be loaded, every page shows the error", async () => {
  await using project = await createFreshProject(APP);
  await Deno.writeTextFile(`${project.folder}/routes/plain.tsx`, "export default () => <p>;\n");
  await using server = await project.serve("dev.ts");
  const response = await fetch(`${server.url}/`, { headers: { accept: "text/html" } });
  assert.equal(response.status, 500);
  assert.match(await response.text(), /routes\/plain\.tsx:\d+:\d+/);
});
