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

  await t.step("serves this machine's user, by whatever name the machine has", async () => {
    for (const name of ["localhost", "127.0.0.1", "[::1]"]) {
      const answer = await rawRequest(port, "GET /api/processor/status", {
        host: `${name}:${port}`,
      });
      assert.equal(answer.status, 200, name);
    }
    assert.equal(await status(node, "/api/processor/stop", { method: "POST" }), 200);
    assert.equal(await status(node, "/api/processor/start", { method: "POST" }), 200);
  });

  await t.step("refuses a name that was rebound to this machine, for looking as well", async () => {
    for (const path of ["/", "/api/processor/status", "/metrics", "/readyz"]) {
      const answer = await rawRequest(port, `GET ${path}`, { host: "evil.example" });
      assert.equal(answer.status, 403, path);
      assert.doesNotMatch(answer.body, /queue_pending|millrace_/, path);
    }
    const socket = await rawRequest(port, "GET /ws/processor-status", {
      ...SOCKET,
      host: "evil.example",
    });
    assert.equal(socket.status, 403);
  });

  await t.step("tells anybody that it lives", async () => {
    assert.equal((await rawRequest(port, "GET /healthz", { host: "evil.example" })).status, 200);
  });

  await t.step("lets no page of another origin change anything", async () => {
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
        const answer = await rawRequest(port, line, { host, "content-length": "0", ...page });
        assert.equal(answer.status, 403, `${line} ${JSON.stringify(page)}`);
      }
      const settings = await node.fetch("/api/processor/config");
      assert.equal((await settings.json()).data.enabled, true);
    }
  });

  await t.step("opens no socket for a page of another origin", async () => {
    const open = (origin: string) =>
      rawRequest(port, "GET /ws/processor-status", { ...SOCKET, host, origin });
    assert.equal((await open("http://evil.example")).status, 403);
    assert.equal((await open(`http://localhost:${port + 1}`)).status, 403);
    assert.equal((await open(`http://${host}`)).status, 101);
  });

  await t.step("lets its own page act", async () => {
    const own = { host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
    const answer = await rawRequest(port, "POST /api/processor/start", {
      ...own,
      "content-length": "0",
    });
    assert.equal(answer.status, 200);
  });

  await t.step("needs no sign-in", async () => {
    assert.equal(await status(node, "/sign-in"), 303);
    assert.equal(await status(node, "/"), 200);
  });
});

Deno.test("a node with tokens", async (t) => {
  await using node = await startMillrace({ env: { ADMIN_TOKEN, VIEWER_TOKEN } });

  await t.step("tells nobody in particular that it lives, and nothing else", async () => {
    assert.equal(await status(node, "/healthz"), 200);
    for (
      const path of ["/api/processor/status", "/api/articles", "/metrics", "/readyz", "/api/x"]
    ) {
      const response = await node.fetch(path);
      assert.equal(response.status, 401, path);
      assert.equal(response.headers.get("www-authenticate"), "Bearer");
      assert.equal((await response.json()).success, false);
    }
    assert.equal(await status(node, "/ws/processor-status"), 401);
  });

  await t.step("sends a browser to the form, and from there to where it wanted to go", async () => {
    const asked = await node.fetch("/?view=wall", { redirect: "manual" });
    assert.equal(asked.status, 303);
    assert.equal(asked.headers.get("location"), "/sign-in?next=%2F%3Fview%3Dwall");
    await asked.body?.cancel();
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
    const answer = await signIn({ token: ADMIN_TOKEN, next: "/?view=wall" });
    await answer.body?.cancel();
    assert.equal(answer.status, 303);
    assert.equal(answer.headers.get("location"), "/?view=wall");
    const set = answer.headers.get("set-cookie") ?? "";
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

  await t.step("leads from the form to no other site", async () => {
    for (const next of ["//evil.example", "https://evil.example", "/\\evil.example", ""]) {
      const answer = await signIn({ token: ADMIN_TOKEN, next });
      await answer.body?.cancel();
      assert.equal(answer.headers.get("location"), "/", next);
    }
  });

  await t.step("hears no sign-in from a page of another origin", async () => {
    const answer = await signIn({ token: ADMIN_TOKEN }, { origin: "http://evil.example" });
    await answer.body?.cancel();
    assert.equal(answer.status, 403);
    assert.equal(answer.headers.get("set-cookie"), null);
  });

  await t.step("lets the admin's token do everything", async () => {
    const headers = bearer(ADMIN_TOKEN);
    assert.equal(await status(node, "/metrics", { headers }), 200);
    assert.equal(await status(node, "/api/processor/stop", { method: "POST", headers }), 200);
    await using socket = await openSocketClient(`${node.url}/ws/processor-status`, headers);
    while (JSON.parse(await socket.next()).running);
  });

  await t.step("lets a viewer look and listen, not touch", async () => {
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

  await t.step("tells a signed-out page's socket to sign in again", async () => {
    await using socket = await openSocketClient(`${node.url}/ws/processor-status`, {
      origin: node.url,
    });
    assert.equal((await socket.closed).code, 4401);
  });

  await t.step("slows down whoever guesses, and says for how long", async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) {
      const answer = await signIn({ token: `a-wrong-token-${n}` });
      await answer.body?.cancel();
      statuses.push(answer.status);
      if (answer.status === 429) assert.equal(answer.headers.get("retry-after"), "1");
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
  });
});

Deno.test("a node that other machines can reach does not start without a token", async () => {
  await assert.rejects(
    startMillrace({ env: { HOSTNAME: "0.0.0.0" } }),
    /HOSTNAME 0\.0\.0\.0 can be reached from other machines, so ADMIN_TOKEN must be set/,
  );
});
