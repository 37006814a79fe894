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
  assert.deepEqual(await failureOf(refused(400, "title is missing")), {
    kind: "refused",
    message: "title is missing",
  });
  assert.deepEqual(await failureOf(() => Response.json({ success: true, data: {} })), {
    kind: "refused",
    message: "HTTP 200",
  });
  assert.deepEqual(await failureOf(() => new Response("not JSON")), { kind: "unreachable" });
});

Deno.test("callApi() reports an unreachable server", async () => {
  const result = await callApi("http://127.0.0.1:1/", counted);
  assert.deepEqual(result, { kind: "failed", failure: { kind: "unreachable" } });
});
