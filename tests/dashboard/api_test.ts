import assert from "node:assert/strict";
import * as v from "valibot";
import { callApi } from "../../lib/dashboard/api.ts";

const counted = v.object({ count: v.number() });

/** Asks a server that gives one answer, and says what was understood. */
async function ask(response: () => Response) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, response);
  try {
    return await callApi(`http://127.0.0.1:${server.addr.port}/`, counted, { method: "POST" });
  } finally {
    await server.shutdown();
  }
}

const refused = (status: number, message: string) => () =>
  Response.json({ success: false, message }, { status });

Deno.test("callApi() gives the data of an answer", async () => {
  const answer = await ask(() => Response.json({ success: true, data: { count: 3 } }));
  assert.deepEqual(answer, { kind: "done", data: { count: 3 } });
});

Deno.test("callApi() tells outages and ended sessions from other refusals", async () => {
  const failureOf = async (response: () => Response) => {
    const answer = await ask(response);
    assert.ok(answer.kind === "failed");
    return answer.failure;
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

Deno.test("callApi() says so when nobody answers", async () => {
  const answer = await callApi("http://127.0.0.1:1/", counted);
  assert.deepEqual(answer, { kind: "failed", failure: { kind: "unreachable" } });
});
