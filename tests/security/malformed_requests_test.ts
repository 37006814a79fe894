import assert from "node:assert/strict";
import { type Millrace, startMillrace } from "../support/millrace.ts";

import { rawRequest } from "../support/raw_request.ts";
import { routesOnDisk } from "../support/routes_on_disk.ts";

const SOCKET = {
  upgrade: "websocket",
  connection: "Upgrade, close",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** A percent-encoded byte. */
const percent = (byte: number) => `%${byte.toString(16).padStart(2, "0")}`;

async function postForm(node: Millrace, path: string, body: string): Promise<Response> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const response = await node.fetch(path, { method: "POST", body, headers, redirect: "manual" });
  await response.body?.cancel();
  return response;
}

Deno.test("malformed requests to a node", async (t) => {
  const token = "an-admin-token-of-some-length";
  await using open = await startMillrace();
  await using closed = await startMillrace({ env: { ADMIN_TOKEN: token } });
  const host = `localhost:${open.port}`;

  await t.step("any invalid byte in a redirect's target is a 400", async () => {
    for (let byte = 0; byte <= 255; byte++) {
      for (const back of [`/${percent(byte)}`, `/a${percent(byte)}//b`, `${percent(byte)}/`]) {
        const preferences = await postForm(open, "/preferences", `theme=dark&back=${back}`);
        assert.ok(preferences.status === 303 || preferences.status === 400, back);
        const to = new URL(preferences.headers.get("location") ?? "/", open.url);
        assert.equal(to.origin, open.url, back);
        const signIn = await postForm(closed, `/sign-in`, `token=${token}&next=${back}`);
        assert.ok(signIn.status === 303 || signIn.status === 400, back);
        const form = await closed.fetch(`/sign-in?next=${back}`);
        await form.body?.cancel();
        assert.ok(form.status < 500, back);
      }
    }
  });

  await t.step("a redirect never leaves this site", async () => {
    const targets = ["//evil.example", "/\\evil.example", "/\t/evil.example", "/..//evil.example"];
    for (const back of [...targets, "https://evil.example", "javascript:alert(1)"]) {
      const form = new URLSearchParams({ theme: "dark", back }).toString();
      const location = (await postForm(open, "/preferences", form)).headers.get("location") ?? "";
      assert.equal(new URL(location, open.url).origin, open.url, back);
    }
  });

  await t.step(
    "a malformed URL, host or handshake is a 400 in JSON, with one log line",
    async () => {
      const cases: [string, Record<string, string>][] = [
        ["GET /api/articles/%", { host }],
        ["GET /api/articles/%ff", { host }],
        ["GET /api/articles/%e4%b8", { host }],
        ["GET /healthz", { host: "a b" }],
        ["GET /api/processor/status", { host: "[::1" }],
        ["GET /api/processor/status", { host: "a/b" }],
        ["GET /ws/processor-status", { ...SOCKET, host, "sec-websocket-key": "short" }],
        ["GET /ws/processor-status", { ...SOCKET, host, "sec-websocket-version": "8" }],
        ["GET /ws/processor-status", { ...SOCKET, host, connection: "close" }],
      ];
      for (const [line, headers] of cases) {
        const before = refusals(open);
        const { status, body } = await rawRequest(open.port, line, headers);
        assert.equal(status, 400, `${line} ${JSON.stringify(headers)}`);
        const { success, message } = JSON.parse(body);
        assert.equal(success, false);
        assert.match(message, /malformed/);
        assert.equal(refusals(open), before + 1, line);
      }
    },
  );

  await t.step("a malformed page URL is a 400 in the user's language", async () => {
    const response = await open.fetch("/articles/%", {
      headers: { accept: "text/html", "accept-language": "zh" },
    });
    assert.equal(response.status, 400);
    assert.match(response.headers.get("content-security-policy") ?? "", /default-src 'none'/);
    assert.match(await response.text(), /<html lang="zh[^]*<h1>/);
  });

  await t.step("an unknown method is a 405 that lists the known ones", async () => {
    for (const path of ["/", "/api/processor/status", "/nowhere", "/styles/tokens.css"]) {
      const { status } = await rawRequest(open.port, `BREW ${path}`, { host });
      assert.equal(status, 405, path);
    }
  });

  await t.step("a long query is rejected before it is parsed", async () => {
    const query = Array.from({ length: 2_000 }, (_, n) => `a${n}=`).join("&");
    const { status } = await rawRequest(open.port, `GET /api/articles?${query}`, { host });
    assert.equal(status, 414);
  });

  await t.step(
    "pages of other sites may link to this site, but not load its resources",
    async () => {
      const foreign = { host, "sec-fetch-site": "cross-site" };
      const image = { ...foreign, "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" };
      const frame = { ...foreign, "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" };
      const link = { ...foreign, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" };
      const status = async (headers: Record<string, string>) =>
        (await rawRequest(open.port, "GET /articles", headers)).status;
      assert.equal(await status(image), 403);
      assert.equal(await status(frame), 403);
      assert.equal(await status({ ...image, "sec-fetch-site": "same-site" }), 403);
      assert.equal(await status(link), 200);
    },
  );

  await t.step("a name that every object inherits is no known value of a parameter", async () => {
    const names = ["span", "until", "since", "state", "by", "of", "group", "minute", "day", "kind"];
    const others = [
      "level",
      "format",
      "charset",
      "done",
      "failed",
      "reason",
      "q",
      "text",
      "cursor",
    ];
    const paths = (await routesOnDisk()).filter(({ methods }) => methods.includes("GET"))
      .map(({ pattern }) => pattern.replace(/:\w+\*?/g, "1"));
    for (const path of paths) {
      for (const name of [...names, ...others]) {
        for (const value of ["__proto__", "constructor"]) {
          const response = await open.fetch(`${path}?${name}=${value}&reason=${value}`);
          await response.body?.cancel();
          assert.ok(response.status < 500, `${path}?${name}=${value}: ${response.status}`);
        }
      }
    }
    for (const query of ["charset=constructor", "map=content:constructor", "map=constructor:a"]) {
      const response = await open.fetch(`/api/articles/import?${query}`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: `{"constructor": "text"}\n`,
      });
      const answer = await response.text();
      assert.ok(response.status < 500, `${query}: ${answer}`);
    }
  });

  await t.step("public paths also require a known host", async () => {
    for (const line of ["GET /healthz", "GET /sign-in", "POST /preferences", "POST /sign-out"]) {
      const { status } = await rawRequest(open.port, line, {
        host: "evil.example",
        "content-length": "0",
      });
      assert.equal(status, 403, line);
    }
  });

  await t.step("a socket requires a session, a known host and the same origin", async () => {
    for (
      const path of ["/ws/processor-status", "/ws/processor-logs", "/ws/operations", "/", "/x"]
    ) {
      const unknown = await rawRequest(closed.port, `GET ${path}`, { ...SOCKET, host });
      assert.ok([401, 303].includes(unknown.status), `${path} ${unknown.status}`);
      const foreign = await rawRequest(open.port, `GET ${path}`, {
        ...SOCKET,
        host,
        origin: "http://evil.example",
      });
      assert.equal(foreign.status, 403, path);
    }
  });

  await t.step("every response has a request id", async () => {
    const ids = new Set<string>();
    for (const path of ["/", "/api/articles", "/styles/tokens.css", "/nowhere", "/api/%"]) {
      const response = await open.fetch(path);
      await response.body?.cancel();
      ids.add(response.headers.get("x-request-id") ?? "");
    }
    assert.equal(ids.size, 5);
    for (const id of ids) assert.match(id, /^[0-9a-f-]{36}$/);
  });
});

const refusals = (node: Millrace) => node.log().split("Rejected with").length;
