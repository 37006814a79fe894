import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { startTestCluster, withServers } from "../support/test_cluster.ts";
import { openSocketClient } from "../support/socket_client.ts";

const ADMIN_TOKEN = "an-admin-token-of-some-length";
const VIEWER_TOKEN = "a-viewer-token-of-some-length";

async function signIn(node: Millrace, token: string, userAgent: string): Promise<string> {
  const response = await node.fetch("/sign-in", {
    method: "POST",
    body: new URLSearchParams({ token }),
    headers: { "user-agent": userAgent },
    redirect: "manual",
  });
  await response.body?.cancel();
  assert.equal(response.status, 303);
  return response.headers.get("set-cookie")?.split(";", 1).join() ?? "";
}

async function statusOf(node: Millrace, path: string, cookie: string): Promise<number> {
  const response = await node.fetch(path, { headers: { cookie }, redirect: "manual" });
  await response.body?.cancel();
  return response.status;
}

async function post(node: Millrace, path: string, cookie: string, form: Record<string, string>) {
  const response = await node.fetch(path, {
    method: "POST",
    headers: { cookie },
    body: new URLSearchParams(form),
    redirect: "manual",
  });
  await response.body?.cancel();
  return response.status;
}

async function kinds(node: Millrace): Promise<[string, string][]> {
  const response = await node.fetch(
    "/api/events?kind=sign_in,sign_out,session_revoked,sign_in_failed,locked_out",
    { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } },
  );
  const { data } = await response.json();
  return data.events.map((event: { kind: string; actor: { name: string } }) => [
    event.kind,
    event.actor.name,
  ]).reverse();
}

Deno.test("a session's sockets close when it signs out or is revoked", async () => {
  await using node = await startMillrace({ env: { ADMIN_TOKEN, VIEWER_TOKEN } });
  const [admin, viewer, other] = [
    await signIn(node, ADMIN_TOKEN, "Admin's browser"),
    await signIn(node, VIEWER_TOKEN, "Viewer's browser"),
    await signIn(node, VIEWER_TOKEN, "Another browser"),
  ];
  await using viewers = await openSocketClient(`${node.url}/ws/processor-status`, {
    cookie: viewer,
  });
  await using others = await openSocketClient(`${node.url}/ws/processor-status`, { cookie: other });

  assert.equal(await statusOf(node, "/sessions", viewer), 403);
  const page = await node.fetch("/sessions", { headers: { cookie: admin } });
  const text = await page.text();
  for (const name of ["Admin&#39;s browser", "Viewer&#39;s browser", "Another browser"]) {
    assert.ok(text.includes(name) || text.includes(name.replace("&#39;", "'")), name);
  }
  const [, id = ""] = /name="id" value="([\w-]{36})"/.exec(
    text.slice(text.search(/Viewer(&#39;|')s browser/)),
  ) ?? [];
  assert.equal(await post(node, "/sessions", viewer, { id }), 403);
  assert.equal(await statusOf(node, "/api/processor/status", viewer), 200);
  assert.equal(await post(node, "/sessions", admin, { id }), 303);
  assert.equal((await viewers.closed).code, 4401);
  assert.equal(await statusOf(node, "/api/processor/status", viewer), 401);
  assert.equal(await statusOf(node, "/ws/processor-status", viewer), 401);

  assert.equal(await statusOf(node, "/api/processor/status", other), 200);
  assert.equal(await post(node, "/sign-out", other, {}), 303);
  assert.equal((await others.closed).code, 4401);
  assert.equal(await statusOf(node, "/api/processor/status", other), 401);
  assert.equal(await statusOf(node, "/sessions", admin), 200);

  assert.deepEqual(await kinds(node), [
    ["sign_in", "admin"],
    ["sign_in", "viewer"],
    ["sign_in", "viewer"],
    ["session_revoked", "admin"],
    ["sign_out", "viewer"],
  ]);
});

Deno.test({
  ...withServers("a session is valid on every node, and ends on every node"),
  async fn() {
    await using cluster = await startTestCluster();
    const env = { ADMIN_TOKEN, VIEWER_TOKEN };
    const [here, there] = [
      await cluster.startNode("web", env),
      await cluster.startNode("web", env),
    ];
    const cookie = await signIn(here, VIEWER_TOKEN, "a browser");
    assert.equal(await statusOf(there, "/api/articles", cookie), 200);
    await using socket = await openSocketClient(`${there.url}/ws/processor-status`, { cookie });
    assert.equal(await post(here, "/sign-out", cookie, {}), 303);
    assert.equal((await socket.closed).code, 4401);
    await eventually(async () => assert.equal(await statusOf(there, "/api/articles", cookie), 401));
  },
});

Deno.test("removing a token from its file ends its sessions and sockets", async () => {
  const file = await Deno.makeTempFile();
  const token = "the-token-of-a-crawler";
  const digest = new Uint8Array(
    await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token)),
  ).toHex();
  await Deno.writeTextFile(file, `anna viewer ${digest}`);
  await using node = await startMillrace({ env: { ADMIN_TOKEN, TOKENS_FILE: file } });
  const headers = { authorization: `Bearer ${token}` };
  const cookie = await signIn(node, token, "a browser");
  await using byToken = await openSocketClient(`${node.url}/ws/processor-status`, headers);
  await using bySession = await openSocketClient(`${node.url}/ws/processor-status`, { cookie });
  await Deno.writeTextFile(file, "# no one any more");
  assert.equal((await byToken.closed).code, 4401);
  assert.equal((await bySession.closed).code, 4401);
  assert.equal(await statusOf(node, "/api/articles", cookie), 401);
  await Deno.remove(file);
});

Deno.test("pages are not cached, and files have the security headers of pages", async () => {
  await using node = await startMillrace({ env: { ADMIN_TOKEN } });
  const headers = { authorization: `Bearer ${ADMIN_TOKEN}` };
  for (const path of ["/", "/articles", "/logs", "/api/articles", "/metrics", "/sign-in"]) {
    const response = await node.fetch(path, { headers, redirect: "manual" });
    await response.body?.cancel();
    assert.equal(response.headers.get("cache-control"), "no-store", path);
    assert.equal(response.headers.get("strict-transport-security"), null, path);
  }
  for (
    const path of ["/", "/styles/tokens.css", "/icon.svg", "/healthz", "/no/such/page", "/api/x"]
  ) {
    const response = await node.fetch(path, { headers });
    await response.body?.cancel();
    assert.equal(response.headers.get("x-content-type-options"), "nosniff", path);
    assert.equal(response.headers.get("cross-origin-resource-policy"), "same-origin", path);
    assert.match(response.headers.get("permissions-policy") ?? "", /camera=\(\)/, path);
  }
});
