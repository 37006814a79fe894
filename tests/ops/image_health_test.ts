import assert from "node:assert/strict";
import { z } from "zod";

/** Runs the health check of the Dockerfile beside a server that has only this path; returns its exit code. */
async function check(path: string, env: Record<string, string>): Promise<number> {
  const text = await Deno.readTextFile(new URL("../../Dockerfile", import.meta.url));
  const command = /^HEALTHCHECK [^]*?CMD (\[.*\])$/m.exec(text)?.[1] ?? "";
  const [, ...args] = z.array(z.string()).parse(JSON.parse(command));
  const isThere = (url: string) => new URL(url).pathname === path;
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    ({ url }) => new Response(null, { status: isThere(url) ? 200 : 401 }),
  );
  const { code } = await new Deno.Command(Deno.execPath(), {
    args,
    env: { ...env, PORT: String(server.addr.port) },
    stderr: "null",
  }).output();
  return code;
}

Deno.test("the image's health check finds a node, also below a path", async () => {
  assert.equal(await check("/healthz", {}), 0);
  assert.equal(await check("/millrace/healthz", { BASE_PATH: "/millrace" }), 0);
  assert.equal(await check("/millrace/healthz", { BASE_PATH: "/millrace/" }), 0);
  assert.equal(await check("/elsewhere", {}), 1);
});

Deno.test("the image's health check passes for a worker, which serves no HTTP", async () => {
  assert.equal(await check("/elsewhere", { ROLE: "worker" }), 0);
  assert.equal(await check("/elsewhere", { ROLE: "web" }), 1);
});
