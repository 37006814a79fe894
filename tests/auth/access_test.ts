import { getLogger } from "@logtape/logtape";
import assert from "node:assert/strict";
import { type AccessConfig, openAccess } from "../../lib/auth/access.ts";
import type { Client } from "../../lib/auth/client.ts";
import { setSessionCookie } from "../../lib/auth/session_cookie.ts";
import type { Permission } from "../../lib/auth/route_permissions.ts";
import { parseAddresses } from "../../lib/runtime/addresses.ts";
import { parseProxyRoles } from "../../lib/runtime/proxy_roles.ts";
import { DATABASES } from "../support/database.ts";
import { recordedEvents } from "../support/recorded_events.ts";

const logger = getLogger("access_test");
const adminToken = "an-admin-token-of-some-length";
const viewerToken = "a-viewer-token-of-some-length";
const outside: Client = {
  address: "203.0.113.7",
  host: "localhost:8000",
  scheme: "http",
  viaTrustedProxy: false,
  isHttp10: false,
};
const local: Client = { ...outside, address: "127.0.0.1" };

const none: AccessConfig = {
  adminToken: null,
  viewerToken: null,
  tokensFile: null,
  publicUrls: [],
  trustedProxies: parseAddresses([]),
  proxySignOn: null,
  basePath: "",
};
const both: AccessConfig = { ...none, adminToken, viewerToken };

interface Given {
  method?: string;
  headers?: Record<string, string>;
}

function request({ method = "GET", headers = {} }: Given = {}) {
  return new Request("http://localhost:8000/", { method, headers });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Creates an access control with its own database, which only sign-ins use. */
async function world(config: AccessConfig, now?: () => number) {
  await using starting = new AsyncDisposableStack();
  const { sql } = starting.use(await DATABASES[0]!.open());
  const events = recordedEvents();
  const access = starting.use(
    await openAccess({ config, sql, events, logger, ...(now && { now }) }),
  );
  const running = starting.move();
  return {
    access,
    events,
    async decide(given: Given, client = outside, permission: Permission = "viewer") {
      const decision = await access.decide(request(given), client, permission);
      return decision.kind === "allowed" ? decision.identity?.actor.role ?? null : decision.kind;
    },
    signIn: (token: string, client = outside) => access.signIn(token, client, "a browser"),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

Deno.test("without tokens", async (t) => {
  await using it = await world(none);

  await t.step("a local program has every permission", async () => {
    for (const address of ["127.0.0.1", "::1", "localhost", "local"]) {
      const client = { ...local, address };
      assert.equal(await it.decide({ method: "POST" }, client, "admin"), "admin");
    }
  });

  await t.step("another machine is refused, even on public paths", async () => {
    assert.equal(await it.decide({}), "forbidden");
    assert.equal(await it.decide({}, outside, "anyone"), "forbidden");
  });

  await t.step("a DNS-rebound host name is refused", async () => {
    assert.equal(await it.decide({}, { ...local, host: "evil.example:8000" }), "forbidden");
  });

  await t.step("forwarded requests are refused", async () => {
    const headers: Record<string, string>[] = [
      { "x-forwarded-for": "203.0.113.7" },
      { "x-real-ip": "127.0.0.1" },
      { forwarded: "for=127.0.0.1" },
      { via: "1.1 proxy" },
    ];
    for (const each of headers) {
      assert.equal(await it.decide({ headers: each }, local), "forbidden", JSON.stringify(each));
      assert.equal(await it.decide({ headers: each }, local, "anyone"), "forbidden");
    }
  });
});

Deno.test("cross-origin pages cannot change state or open sockets", async () => {
  for (const config of [none, both]) {
    await using it = await world(config);
    const headers = { origin: "http://evil.example", ...bearer(adminToken) };
    assert.equal(await it.decide({ method: "POST", headers }, local), "forbidden");
    assert.equal(await it.decide({ method: "POST", headers }, local, "anyone"), "forbidden");
    assert.equal(
      await it.decide({ headers: { ...headers, upgrade: "websocket" } }, local),
      "forbidden",
    );
  }
});

Deno.test("with tokens", async (t) => {
  await using it = await world(both);

  await t.step("a request without a token is refused on every address", async () => {
    for (const client of [local, outside]) assert.equal(await it.decide({}, client), "unknown");
    const basic = { authorization: "Basic eDp5" };
    assert.equal(await it.decide({ headers: basic }), "unknown");
  });

  await t.step("each token grants its role from every address", async () => {
    const admin = { method: "DELETE", headers: bearer(adminToken) };
    assert.equal(await it.decide(admin, outside, "admin"), "admin");
    assert.equal(await it.decide({ headers: bearer(viewerToken) }), "viewer");
    assert.equal(
      await it.decide({ headers: bearer(viewerToken) }, outside, "operator"),
      "forbidden",
    );
  });

  await t.step("a session cookie is valid until sign-out", async () => {
    const signIn = await it.signIn(viewerToken);
    assert.ok(signIn.kind === "signed in");
    const cookie = setSessionCookie(signIn.key, { secure: false, basePath: "" }).split(";", 1)
      .join();
    assert.equal(await it.decide({ headers: { cookie } }), "viewer");
    await it.access.signOut(request({ headers: { cookie } }), outside);
    assert.equal(await it.decide({ headers: { cookie } }), "unknown");
    assert.deepEqual(
      it.events.recorded.map(({ kind, details }) => [kind, details.actor?.name]),
      [["sign_in", "viewer"], ["sign_out", "viewer"]],
    );
  });
});

Deno.test("wrong tokens in the form or the header are throttled, and a correct token never is", async () => {
  let now = 1_000;
  await using it = await world(both, () => now);
  for (let n = 0; n < 3; n++) {
    assert.equal((await it.signIn(`wrong-${n}`)).kind, "wrong");
    const guessed = await it.decide({ headers: bearer(`wrong-too-${n}`) });
    assert.equal(guessed, n < 2 ? "unknown" : "throttled");
  }
  assert.deepEqual(await it.signIn("wrong-again"), { kind: "throttled", waitSeconds: 1 });
  assert.equal((await it.signIn(adminToken)).kind, "signed in");
  assert.equal(await it.decide({ headers: bearer(viewerToken) }), "viewer");
  assert.equal((await it.signIn("wrong", { ...outside, address: "203.0.113.8" })).kind, "wrong");
  now += 1_000;
  assert.equal((await it.signIn("wrong-later")).kind, "wrong");
  const kinds = it.events.recorded.map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === "locked_out").length, 1);
  assert.equal(kinds.filter((kind) => kind === "sign_in_failed").length, 7);
});

Deno.test("concurrent guesses are counted individually", async () => {
  await using it = await world(both, () => 1_000);
  const guesses = Array.from({ length: 50 }, (_, n) => it.signIn(`wrong-${n}`));
  const kinds = (await Promise.all(guesses)).map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === "wrong").length, 5);
});

Deno.test("with public addresses, an unknown Host is refused even on public paths", async () => {
  const publicUrls = [new URL("https://millrace.example")];
  await using it = await world({ ...both, publicUrls });
  const headers = bearer(adminToken);
  const at = (host: string) => ({ ...outside, host });
  assert.equal(await it.decide({ headers }, at("millrace.example")), "admin");
  assert.equal(await it.decide({ headers }, at("evil.example")), "forbidden");
  assert.equal(await it.decide({}, at("evil.example"), "anyone"), "forbidden");
  const origin = "https://millrace.example";
  assert.equal(
    await it.decide({ method: "POST", headers: { ...headers, origin } }, at("10.0.0.9:8000")),
    "admin",
  );
});

Deno.test("a trusted proxy signs users on", async (t) => {
  await using it = await world({
    ...both,
    trustedProxies: parseAddresses(["127.0.0.1"]),
    proxySignOn: {
      userHeader: "remote-user",
      groupsHeader: "remote-groups",
      roles: parseProxyRoles(["group:ops=operator", "user:anna=admin"]),
    },
  });
  const trusted: Client = { ...outside, viaTrustedProxy: true };
  const anna = { "remote-user": "anna" };

  await t.step("each user gets the role in the table, and others get none", async () => {
    assert.equal(await it.decide({ headers: anna }, trusted), "admin");
    const ops = { "remote-user": "bob", "remote-groups": "staff,ops" };
    assert.equal(await it.decide({ headers: ops }, trusted), "operator");
    assert.equal(await it.decide({ headers: { "remote-user": "eve" } }, trusted), "forbidden");
  });

  await t.step("the same headers from other addresses are ignored", async () => {
    assert.equal(await it.decide({ headers: anna }), "unknown");
    assert.equal(await it.decide({ headers: anna }, local), "unknown");
  });

  await t.step("the proxy's own bearer token does not count as a wrong guess", async () => {
    for (let n = 0; n < 10; n++) {
      const headers = { ...anna, ...bearer(`an-id-token-of-the-proxy-${n}`) };
      assert.equal(await it.decide({ headers }, trusted), "admin");
    }
    assert.deepEqual(it.events.recorded, []);
  });

  await t.step("programs can use their tokens through the proxy and directly", async () => {
    assert.equal(
      await it.decide({ headers: { ...anna, ...bearer(viewerToken) } }, trusted),
      "viewer",
    );
    assert.equal(await it.decide({ headers: bearer(viewerToken) }), "viewer");
  });
});
