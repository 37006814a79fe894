import assert from "node:assert/strict";
import * as z from "zod/mini";
import { callApi } from "../../../lib/dashboard/requests/api.ts";

const counted = z.object({ count: z.number() });

/** Calls a server with one fixed response, and returns the parsed result. */
async function callWith(response: () => Response) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, response);
  try {
    return await callApi(`http://127.0.0.1:${server.addr.port}/`, counted, { method: "POST" });
  } finally {
    await server.shutdown();
  }
}

const refused = (status: number, message: string) => () =>
  Response.json({ success: false, message }, { status });

Deno.test("callApi() returns the data of a response", async () => {
  const result = await callWith(() => Response.json({ success: true, data: { count: 3 } }));
  assert.deepEqual(result, { kind: "done", data: { count: 3 } });
});

Deno.test("callApi() distinguishes outages and ended sessions from other errors", async () => {
  const failureOf = async (response: () => Response) => {
    const result = await callWith(response);
    assert.ok(result.kind === "failed");
    return result.failure;
  };
  assert.deepEqual(await failureOf(refused(500, "Redis未连接")), { kind: "broker away" });
  assert.deepEqual(await failureOf(refused(500, "数据库未连接")), { kind: "database away" });
  assert.deepEqual(await failureOf(refused(401, "Sign in")), { kind: "signed out" });
  assert.deepEqual(await failureOf(() => new Response("not JSON")), { kind: "unreachable" });
});

Deno.test("callApi() returns the server's sentence on every status that has one", async () => {
  for (const status of [400, 403, 404, 409, 413, 415, 422, 429, 500, 503]) {
    const result = await callWith(refused(status, "this is a PDF"));
    const failure = { kind: "refused", status, message: "this is a PDF" };
    assert.deepEqual(result, { kind: "failed", failure });
  }
  const unnamed = await callWith(() => Response.json({ success: true, data: {} }));
  assert.deepEqual(unnamed, {
    kind: "failed",
    failure: { kind: "refused", status: 200, message: "HTTP 200" },
  });
});

Deno.test("callApi() distinguishes a proxy's refusal from a proxy that reaches no server", async () => {
  const proxy = (status: number) => callWith(() => new Response("<html>", { status }));
  assert.deepEqual(await proxy(413), {
    kind: "failed",
    failure: { kind: "refused", status: 413, message: "HTTP 413" },
  });
  assert.deepEqual(await proxy(502), { kind: "failed", failure: { kind: "unreachable" } });
});

Deno.test("callApi() reports an unreachable server", async () => {
  const result = await callApi("http://127.0.0.1:1/", counted);
  assert.deepEqual(result, { kind: "failed", failure: { kind: "unreachable" } });
});
