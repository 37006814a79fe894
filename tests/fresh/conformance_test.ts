import assert from "node:assert/strict";
import { createFreshProject } from "../support/fresh_project.ts";
import { type Case, cases } from "./conformance/cases.ts";
import expected from "./conformance/expected.json" with { type: "json" };

/** What `expected.json` keeps of an answer. */
interface Answer {
  status: number;
  contentType: string | null;
  location: string | null;
  headers: Record<string, string>;
  text: string;
}

const KEPT_HEADERS = ["x-trail", "x-page", "x-rendered", "allow"];

Deno.test("the application answers as it was recorded to on the published framework", async (t) => {
  await using project = await createFreshProject(
    new URL("./conformance/app/", import.meta.url),
  );
  await project.run("dev.ts", "build");
  await using server = await project.serve("_fresh/compiled-entry.js");
  const recorded: Record<string, unknown> = expected;

  for (const one of cases) {
    await t.step(one.name, async () => {
      assert.deepEqual(await ask(server.url, one), recorded[one.name]);
    });
  }
  const socket = server.url.replace("http:", "ws:");
  await t.step("WebSocket: managed upgrade", async () => {
    const name = "WebSocket: managed upgrade";
    assert.deepEqual(await talk(`${socket}/ws/echo`, "x"), recorded[name]);
  });
  await t.step("WebSocket: bare upgrade", async () => {
    assert.deepEqual(await talk(`${socket}/ws/bare`), recorded["WebSocket: bare upgrade"]);
  });
  await t.step("no recorded answer is left out", () => {
    assert.equal(Object.keys(recorded).length, cases.length + 2);
  });
});

Deno.test("the application's sources pass the compiler's checks", async () => {
  await using project = await createFreshProject(
    new URL("./conformance/app/", import.meta.url),
  );
  const { success, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["check", "--quiet", "."],
    cwd: project.folder,
  }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
});

async function ask(base: string, { method = "GET", path, body, headers }: Case): Promise<Answer> {
  const response = await fetch(base + path, {
    method,
    redirect: "manual",
    body: body ?? null,
    headers: headers ?? {},
  });
  const kept = KEPT_HEADERS.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value]];
  });
  return {
    status: response.status,
    contentType: response.headers.get("content-type"),
    location: response.headers.get("location"),
    headers: Object.fromEntries(kept),
    text: normalise(await response.text()),
  };
}

/** Drops what may differ between builds: scripts, comments, cache keys, white space. */
function normalise(html: string): string {
  return html
    .replace(/<script\b[\s\S]*?<\/script>/g, "")
    .replace(/<!--[\s\S]*?-->/g, "")
    .replace(/\?__frsh_c=[0-9a-f]+/g, "")
    .replace(/<link rel="modulepreload"[^>]*>/g, "")
    .replace(/\s+/g, " ")
    .replace(/\s*(\/?>)/g, "$1")
    .trim();
}

/** What a WebSocket says first, and in answer to `message` if there is one. */
async function talk(url: string, message?: string): Promise<string[]> {
  const socket = new WebSocket(url);
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
  const heard: string[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("error", reject);
    socket.addEventListener("message", ({ data }) => {
      heard.push(data);
      if (heard.length === 1 && message !== undefined) socket.send(message);
      else resolve();
    });
  });
  socket.close();
  await closed;
  return heard;
}
