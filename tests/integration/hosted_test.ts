import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { eventually } from "../support/eventually.ts";
import { hasPostgres, startPostgres } from "../support/postgres.ts";
import { hasRedis, startRedis } from "../support/redis.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

Deno.test({
  name: "a host that only serves the build runs a web node, and a signal stops it",
  ignore: !hasRedis || !hasPostgres,
  async fn() {
    await using postgres = await startPostgres();
    await using redis = await startRedis();
    await using host = await serveBuild({
      ROLE: "web",
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
    });
    await eventually(async () => assert.equal(await statusOf(host.url, "/readyz"), 200), 60_000);
    assert.equal(await statusOf(host.url, "/"), 200);
    const { code } = await host.end("SIGTERM");
    assert.equal(code, 0, host.log());
    assert.match(host.log(), /stops/);
  },
});

Deno.test("a host logs an invalid configuration", async () => {
  await using host = await serveBuild({ ROLE: "spectator" });
  await eventually(async () => assert.equal(await statusOf(host.url, "/healthz"), 500), 60_000);
  await eventually(() => assert.match(host.log(), /ROLE/));
});

async function statusOf(url: string, path: string): Promise<number> {
  const response = await fetch(url + path);
  await response.body?.cancel();
  return response.status;
}

async function serveBuild(env: Record<string, string>) {
  const dataDir = await Deno.makeTempDir({ prefix: "millrace-hosted-" });
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const child = new Deno.Command(Deno.execPath(), {
    args: [
      "serve",
      "--no-check",
      "-P=serve",
      "--host",
      "127.0.0.1",
      "--port",
      String(port),
      "_fresh/server.js",
    ],
    cwd: ROOT,
    env: { DATA_DIR: dataDir, NO_COLOR: "1", ...env },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  }).spawn();
  let log = "";
  const reading = (async () => {
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) log += text;
  })();
  let status: Deno.CommandStatus | null = null;
  async function end(signal: Deno.Signal) {
    child.kill(signal);
    status = await child.status;
    await reading;
    return status;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    log: () => log,
    end,
    async [Symbol.asyncDispose]() {
      if (status === null) await end("SIGKILL");
      await Deno.remove(dataDir, { recursive: true });
    },
  };
}
