import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { hasChromium, startChromium } from "../support/chromium.ts";
import { type Millrace, startMillrace } from "../support/millrace.ts";
import { documentedNginx, hasNginx, type Nginx, startNginx, withNginx } from "../support/nginx.ts";
import { rawRequest } from "../support/raw_request.ts";

const ADMIN_TOKEN = "an-admin-token-of-some-length";
const bearer = { authorization: `Bearer ${ADMIN_TOKEN}` };

/** A node behind nginx with TLS, as documented. */
interface Deployment extends AsyncDisposable {
  node: Millrace;
  nginx: Nginx;
  /** Its public URL. */
  url: string;
  /** Requests a path through nginx. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

async function deploy(
  base: string,
  text: string,
  env: Record<string, string> = {},
): Promise<Deployment> {
  await using starting = new AsyncDisposableStack();
  // nginx starts first, because the node needs its port, and nginx starts without the node.
  using reserved = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = reserved.addr;
  const nginx = starting.use(await startNginx(text, port));
  const url = `https://localhost:${nginx.port}${base}`;
  reserved.close();
  const node = starting.use(
    await startMillrace({
      base,
      env: {
        PORT: String(port),
        ADMIN_TOKEN,
        PUBLIC_URL: `${url} https://millrace.example${base}`,
        BASE_PATH: base,
        TRUSTED_PROXIES: "127.0.0.1",
        ...env,
      },
    }),
  );
  const client = Deno.createHttpClient({
    caCerts: [nginx.certificate],
    allowHost: true,
    http2: false,
  });
  starting.defer(() => client.close());
  const running = starting.move();
  return {
    node,
    nginx,
    url,
    fetch(path, init = {}) {
      // Deno accepts a client here, but the DOM types in effect do not declare it.
      const all: RequestInit & { client: Deno.HttpClient } = {
        redirect: "manual",
        ...init,
        client,
      };
      return fetch(url + path, all);
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function statusOf(response: Promise<Response>): Promise<number> {
  const { status, body } = await response;
  await body?.cancel();
  return status;
}

for (const [where, base] of [["at the root", ""], ["under a path", "/millrace"]] as const) {
  Deno.test({
    ...withNginx(`behind nginx ${where}, programs are served as without nginx`),
    async fn(t) {
      const { atRoot, underPath } = await documentedNginx();
      await using it = await deploy(base, base === "" ? atRoot : underPath);

      await t.step("only requests with a token are served", async () => {
        assert.equal(await statusOf(it.fetch("/api/processor/status", { headers: bearer })), 200);
        assert.equal(await statusOf(it.fetch("/api/processor/status")), 401);
        assert.equal(await statusOf(it.fetch("/healthz")), 200);
        const page = await it.fetch("/articles");
        await page.body?.cancel();
        assert.equal(
          page.headers.get("location"),
          `${base}/sign-in?next=${encodeURIComponent(`${base}/articles`)}`,
        );
      });

      await t.step("an import larger than any buffer succeeds", async () => {
        const content = "河水推着木轮慢慢地转。".repeat(500);
        const articles = Array.from({ length: 200 }, (_, n) => ({ title: `木轮 ${n}`, content }));
        const body = articles.map((article) => JSON.stringify(article)).join("\n");
        const response = await it.fetch("/api/articles/import", {
          method: "POST",
          headers: { ...bearer, "content-type": "application/x-ndjson" },
          body,
        });
        const { data } = await response.json();
        assert.equal(data.accepted, 200);
        const listed = await it.fetch("/api/articles?limit=3", { headers: bearer });
        assert.equal((await listed.json()).data.articles.length, 3);
      });

      await t.step("the cookie is limited to TLS and to this path", async () => {
        const response = await it.fetch("/sign-in", {
          method: "POST",
          body: new URLSearchParams({ token: ADMIN_TOKEN, next: `${base}/logs` }),
          headers: { origin: new URL(it.url).origin },
        });
        await response.body?.cancel();
        assert.equal(response.status, 303);
        assert.equal(response.headers.get("location"), `${base}/logs`);
        const cookie = response.headers.get("set-cookie") ?? "";
        const prefix = base === "" ? "__Host-" : "__Secure-";
        assert.ok(cookie.startsWith(`${prefix}millrace_session=`), cookie);
        assert.ok(cookie.includes(`; Path=${base || "/"};`), cookie);
        assert.match(cookie, /; Secure$/);
        const [pair = ""] = cookie.split(";");
        assert.equal(await statusOf(it.fetch("/logs", { headers: { cookie: pair } })), 200);
      });

      await t.step("a foreign origin and a foreign host are rejected", async () => {
        const origin = "https://evil.example";
        assert.equal(
          await statusOf(it.fetch("/api/processor/stop", {
            method: "POST",
            headers: { ...bearer, origin },
          })),
          403,
        );
        for (const path of ["/healthz", "/sign-in", "/api/processor/status"]) {
          const headers = { ...bearer, host: "evil.example" };
          assert.equal(await statusOf(it.fetch(path, { headers })), 403, path);
        }
      });

      await t.step("HSTS is set on a public name", async () => {
        const response = await it.fetch("/sign-in", { headers: { host: "millrace.example" } });
        await response.body?.cancel();
        assert.match(response.headers.get("strict-transport-security") ?? "", /^max-age=\d{8}/);
      });

      await t.step(
        "wrong tokens throttle only their own address, which is logged",
        async () => {
          const guess = (address: string, n: number) =>
            statusOf(it.fetch("/api/processor/status", {
              headers: {
                authorization: `Bearer wrong-${address}-${n}`,
                "x-forwarded-for": address,
              },
            }));
          const statuses: number[] = [];
          for (let n = 0; n < 6; n++) statuses.push(await guess("198.51.100.1", n));
          assert.deepEqual(statuses, [401, 401, 401, 401, 401, 429]);
          assert.equal(await guess("198.51.100.2", 0), 401);
          const response = await it.fetch("/api/events?kind=locked_out", { headers: bearer });
          const { data: { events } } = await response.json();
          assert.deepEqual(
            events.map(({ actor }: { actor: { address: string } }) => actor.address),
            ["198.51.100.1"],
          );
        },
      );
    },
  });

  Deno.test({
    name: `behind nginx ${where}, a browser signs in, reads, acts and signs out`,
    ignore: !hasNginx || !hasChromium,
    async fn() {
      const { atRoot, underPath } = await documentedNginx();
      await using it = await deploy(base, base === "" ? atRoot : underPath);
      await using chromium = await startChromium();
      const { page, errors } = await chromium.newPage({ ignoreHTTPSErrors: true, locale: "en-US" });
      const failed: string[] = [];
      page.on("response", (response) => {
        if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
      });
      await page.goto(`${it.url}/logs`);
      await page.fill('input[name="token"]', ADMIN_TOKEN);
      await page.click('button[type="submit"]');
      await page.waitForURL(`${it.url}/logs`);

      for (
        const path of ["/", "/failures", "/articles", "/workers", "/logs", "/import", "/settings"]
      ) {
        await page.goto(it.url + path);
        await page.waitForSelector('[data-link="live"]');
        const own = await page.locator('nav a[aria-current="page"]').getAttribute("href");
        assert.equal(own, base + path);
      }
      await page.goto(`${it.url}/`);
      await page.waitForSelector('[data-link="live"]');
      await page.click('form[action$="/actions/stop"] button');
      await eventually(async () => {
        const response = await it.fetch("/api/processor/config", { headers: bearer });
        assert.equal((await response.json()).data.enabled, false);
      });
      await page.click('nav a[href$="/articles"]');
      await page.waitForURL(`${it.url}/articles`);
      await page.goto(`${it.url}/sessions`);
      assert.equal(await page.locator("tbody tr").count(), 1);
      await page.click('form[action$="/sign-out"] button');
      await page.waitForURL(`${it.url}/sign-in`);
      // The cookie of the last visit belongs to the browser and outlives a session.
      const kept = (await page.context().cookies()).filter(({ name }) => name !== "visit");
      assert.deepEqual(kept, []);
      assert.deepEqual(failed, []);
      assert.deepEqual(errors, []);
    },
  });
}

Deno.test({
  ...withNginx("a node without tokens rejects requests forwarded by a bare proxy_pass"),
  async fn() {
    await using node = await startMillrace();
    const text = "server { listen 80; location / { proxy_pass http://127.0.0.1:8000; } }";
    await using nginx = await startNginx(text, node.port);
    const long = `/?${"x".repeat(3_000)}`;
    for (const path of ["/", long, "/api/processor/status", "/healthz", "/ws/processor-status"]) {
      for (const agent of ["curl/8.0", "Mozilla/5.0", "", "anything"]) {
        const { status } = await rawRequest(nginx.port, `GET ${path}`, {
          host: `localhost:${nginx.port}`,
          ...(agent === "" ? {} : { "user-agent": agent }),
        });
        assert.equal(status, 403, `${path.slice(0, 30)} by ${agent}`);
      }
    }
    assert.equal(await statusOf(node.fetch("/api/processor/status")), 200);
  },
});

Deno.test({
  ...withNginx("users signed on by the proxy have the roles in the table"),
  async fn() {
    const { atRoot } = await documentedNginx();
    const signOn = `proxy_set_header Remote-User $http_x_test_who;
      proxy_set_header Remote-Groups $http_x_test_groups;
      proxy_pass http://millrace;`;
    await using it = await deploy("", atRoot.replace("proxy_pass http://millrace;", signOn), {
      AUTH_PROXY_HEADER: "Remote-User",
      AUTH_PROXY_GROUPS_HEADER: "Remote-Groups",
      AUTH_PROXY_ROLES: "group:ops=operator, user:anna=admin",
    });
    const stop = (headers: Record<string, string> = {}) =>
      statusOf(it.fetch("/api/processor/stop", { method: "POST", headers }));
    assert.equal(await stop({ "x-test-who": "bob", "x-test-groups": "staff,ops" }), 200);
    assert.equal(await stop({ "x-test-who": "eve" }), 403);
    assert.equal(await stop(), 401);
    assert.equal(await stop({ "remote-user": "anna" }), 401);
    const events = await it.fetch("/api/events?kind=stop", { headers: bearer });
    const { data } = await events.json();
    assert.deepEqual(
      data.events.map(({ actor }: { actor: { name: string; role: string } }) => [
        actor.name,
        actor.role,
      ]),
      [["bob", "operator"]],
    );
  },
});
