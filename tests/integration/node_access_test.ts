import assert from "node:assert/strict";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { rawRequest } from "../support/raw_request.ts";
import { openSocketClient } from "../support/socket_client.ts";

const ADMIN_TOKEN = "an-admin-token-of-some-length";
const VIEWER_TOKEN = "a-viewer-token-of-some-length";

const SOCKET = {
  upgrade: "websocket",
  connection: "Upgrade, close",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

async function status(node: Millrace, path: string, init: RequestInit = {}): Promise<number> {
  const response = await node.fetch(path, { redirect: "manual", ...init });
  await response.body?.cancel();
  return response.status;
}

Deno.test("a node on loopback without tokens", async (t) => {
  await using node = await startMillrace();
  const host = `localhost:${node.port}`;
  const { port } = node;

  await t.step("serves local requests under every loopback name", async () => {
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
      const response = await rawRequest(port, "GET /api/processor/status", {
        host: `${name}:${port}`,
      });
      assert.equal(response.status, 200, name);
    }
    assert.equal(await status(node, "/api/processor/stop", { method: "POST" }), 200);
    assert.equal(await status(node, "/api/processor/start", { method: "POST" }), 200);
  });

  await t.step("rejects a DNS-rebound name, for reading as well", async () => {
    for (const path of ["/", "/api/processor/status", "/metrics"]) {
      const response = await rawRequest(port, `GET ${path}`, { host: "evil.example" });
      assert.equal(response.status, 403, path);
      assert.doesNotMatch(response.body, /queue_pending|millrace_/, path);
    }
    const socket = await rawRequest(port, "GET /ws/processor-status", {
      ...SOCKET,
      host: "evil.example",
    });
    assert.equal(socket.status, 403);
  });

  await t.step("rejects cross-origin changes", async () => {
    const pages: Record<string, string>[] = [
      { origin: "http://evil.example" },
      { origin: `http://localhost:${port + 1}` },
      { origin: "null" },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
    ];
    for (const page of pages) {
      for (
        const line of [
          "POST /api/processor/stop",
          "DELETE /api/processor/dead-queue",
          "POST /actions/stop",
          "POST /sign-out",
        ]
      ) {
        const response = await rawRequest(port, line, { host, "content-length": "0", ...page });
        assert.equal(response.status, 403, `${line} ${JSON.stringify(page)}`);
      }
      const settings = await node.fetch("/api/processor/config");
      assert.equal((await settings.json()).data.enabled, true);
    }
  });

  await t.step("rejects cross-origin sockets", async () => {
    const open = (origin: string) =>
      rawRequest(port, "GET /ws/processor-status", { ...SOCKET, host, origin });
    assert.equal((await open("http://evil.example")).status, 403);
    assert.equal((await open(`http://localhost:${port + 1}`)).status, 403);
    assert.equal((await open(`http://${host}`)).status, 101);
  });

  await t.step("accepts same-origin changes", async () => {
    const own = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
    const response = await rawRequest(port, "POST /api/processor/start", {
      ...own,
      "content-length": "0",
    });
    assert.equal(response.status, 200);
  });

  await t.step("needs no sign-in", async () => {
    assert.equal(await status(node, "/sign-in"), 303);
    assert.equal(await status(node, "/"), 200);
  });
});

Deno.test("a node with tokens", async (t) => {
  await using node = await startMillrace({ env: { ADMIN_TOKEN, VIEWER_TOKEN } });

  await t.step("exposes only liveness without a token", async () => {
    assert.equal(await status(node, "/healthz"), 200);
    for (
      const path of ["/api/processor/status", "/api/articles", "/metrics", "/api/x"]
    ) {
      const response = await node.fetch(path);
      assert.equal(response.status, 401, path);
      assert.equal(response.headers.get("www-authenticate"), "Bearer");
      assert.equal((await response.json()).success, false);
    }
    assert.equal(await status(node, "/ws/processor-status"), 401);
  });

  await t.step("redirects a browser to the sign-in form, and back to its page", async () => {
    const redirected = await node.fetch("/?view=wall", { redirect: "manual" });
    assert.equal(redirected.status, 303);
    assert.equal(redirected.headers.get("location"), "/sign-in?next=%2F%3Fview%3Dwall");
    await redirected.body?.cancel();
    const form = await node.fetch("/sign-in?next=%2F%3Fview%3Dwall");
    assert.equal(form.status, 200);
    assert.match(await form.text(), /name="next" value="\/\?view=wall"/);
  });

  const signIn = (fields: Record<string, string>, headers: Record<string, string> = {}) =>
    node.fetch("/sign-in", {
      method: "POST",
      body: new URLSearchParams(fields),
      headers,
      redirect: "manual",
    });

  await t.step("signs a browser in and out", async () => {
    const response = await signIn({ token: ADMIN_TOKEN, next: "/?view=wall" });
    await response.body?.cancel();
    assert.equal(response.status, 303);
    assert.equal(response.headers.get("location"), "/?view=wall");
    const set = response.headers.get("set-cookie") ?? "";
    assert.match(set, /; HttpOnly; SameSite=Strict/);
    assert.doesNotMatch(set, /an-admin-token/);
    const cookie = set.split(";", 1).join();
    assert.equal(await status(node, "/", { headers: { cookie } }), 200);
    assert.equal(
      await status(node, "/api/processor/start", { method: "POST", headers: { cookie } }),
      200,
    );
    const crossed = { cookie, origin: "http://localhost:1" };
    assert.equal(
      await status(node, "/api/processor/start", { method: "POST", headers: crossed }),
      403,
    );
    const out = await node.fetch("/sign-out", { method: "POST", redirect: "manual" });
    await out.body?.cancel();
    assert.match(out.headers.get("set-cookie") ?? "", /^millrace_session=; .*Max-Age=0/);
  });

  await t.step("does not redirect from the form to other sites", async () => {
    for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", ""]) {
      const response = await signIn({ token: ADMIN_TOKEN, next });
      await response.body?.cancel();
      assert.equal(response.headers.get("location"), "/", next);
    }
  });

  await t.step("rejects a cross-origin sign-in", async () => {
    const response = await signIn({ token: ADMIN_TOKEN }, { origin: "http://evil.example" });
    await response.body?.cancel();
    assert.equal(response.status, 403);
    assert.equal(response.headers.get("set-cookie"), null);
  });

  await t.step("grants the admin's token every permission", async () => {
    const headers = bearer(ADMIN_TOKEN);
    assert.equal(await status(node, "/metrics", { headers }), 200);
    assert.equal(await status(node, "/api/processor/stop", { method: "POST", headers }), 200);
    await using socket = await openSocketClient(`${node.url}/ws/processor-status`, headers);
    while (JSON.parse(await socket.next()).running);
  });

  await t.step("grants a viewer read access only", async () => {
    const headers = bearer(VIEWER_TOKEN);
    for (const path of ["/", "/api/processor/status", "/api/processor/config", "/metrics"]) {
      assert.equal(await status(node, path, { headers }), 200, path);
    }
    await using socket = await openSocketClient(`${node.url}/ws/processor-status`, headers);
    assert.equal(typeof JSON.parse(await socket.next()).running, "boolean");
    const touches: [string, string][] = [
      ["POST", "/api/processor/start"],
      ["PUT", "/api/processor/config"],
      ["POST", "/api/processor/retry-all"],
      ["DELETE", "/api/processor/dead-queue"],
      ["POST", "/api/articles"],
      ["POST", "/api/articles/import"],
      ["POST", "/actions/start"],
    ];
    for (const [method, path] of touches) {
      assert.equal(await status(node, path, { method, headers }), 403, `${method} ${path}`);
    }
    const settings = await node.fetch("/api/processor/config", { headers });
    assert.equal((await settings.json()).data.enabled, false);
  });

  await t.step("rejects a signed-out page's socket during the handshake", async () => {
    await assert.rejects(openSocketClient(`${node.url}/ws/processor-status`, { origin: node.url }));
    assert.equal(await status(node, "/ws/processor-status"), 401);
  });

  await t.step("throttles wrong tokens, with Retry-After", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      const response = await signIn({ token: `a-wrong-token-${n}` });
      await response.body?.cancel();
      statuses.push(response.status);
      if (response.status === 429) assert.equal(response.headers.get("retry-after"), "1");
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
  });
});

Deno.test("a node on a public address does not start without a token", async () => {
  await assert.rejects(
    startMillrace({ env: { LISTEN: "0.0.0.0" } }),
    /LISTEN 0\.0\.0\.0 can be reached from other machines, so ADMIN_TOKEN, .* must be set/,
  );
});
