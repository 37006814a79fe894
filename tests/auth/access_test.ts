import assert from "node:assert/strict";
import { createAccess } from "../../lib/auth/access.ts";
import { keepSession } from "../../lib/auth/cookie.ts";

const adminToken = "an-admin-token-of-some-length";
const viewerToken = "a-viewer-token-of-some-length";
const none = { adminToken: null, viewerToken: null };
const both = { adminToken, viewerToken };
const outside = "203.0.113.7";

interface Given {
  method?: string;
  url?: string;
  headers?: Record<string, string>;
}

function request({ method = "GET", url = "http://localhost:8000/", headers = {} }: Given = {}) {
  return new Request(url, { method, headers });
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

Deno.test("without tokens a program of this machine may do everything", async () => {
  const access = createAccess(none, Date.now);
  for (const address of ["127.0.0.1", "::1", "localhost", "local"]) {
    assert.deepEqual(await access.decide(request({ method: "POST" }), address), {
      kind: "allowed",
      role: "admin",
    });
  }
});

Deno.test("without tokens another machine gets nothing", async () => {
  const access = createAccess(none, Date.now);
  assert.equal((await access.decide(request(), outside)).kind, "forbidden");
});

Deno.test("without tokens a name that was rebound to this machine gets nothing", async () => {
  const access = createAccess(none, Date.now);
  const rebound = request({ url: "http://evil.example:8000/" });
  assert.equal((await access.decide(rebound, "127.0.0.1")).kind, "forbidden");
});

Deno.test("a page of another origin can change nothing and open no socket, whatever it sends", async () => {
  for (const tokens of [none, both]) {
    const access = createAccess(tokens, Date.now);
    const origin = { origin: "http://evil.example", ...bearer(adminToken) };
    const changes = request({ method: "POST", headers: origin });
    assert.equal((await access.decide(changes, "127.0.0.1")).kind, "forbidden");
    const socket = request({ headers: { ...origin, upgrade: "websocket" } });
    assert.equal((await access.decide(socket, "127.0.0.1")).kind, "forbidden");
    assert.equal(access.hears(changes), false);
  }
});

Deno.test("with tokens nobody gets in without one, on any address", async () => {
  const access = createAccess(both, Date.now);
  for (const address of ["127.0.0.1", outside]) {
    assert.equal((await access.decide(request(), address)).kind, "unknown");
  }
  const basic = request({ headers: { authorization: "Basic eDp5" } });
  assert.equal((await access.decide(basic, outside)).kind, "unknown");
});

Deno.test("the admin's token may do everything, from anywhere", async () => {
  const access = createAccess(both, Date.now);
  const changes = request({
    method: "DELETE",
    url: "http://feed.example/",
    headers: bearer(adminToken),
  });
  assert.deepEqual(await access.decide(changes, outside), { kind: "allowed", role: "admin" });
});

Deno.test("a viewer may look and listen, not touch", async () => {
  const access = createAccess(both, Date.now);
  const headers = bearer(viewerToken);
  const viewer = { kind: "allowed", role: "viewer" };
  assert.deepEqual(await access.decide(request({ headers }), outside), viewer);
  const socket = request({ headers: { ...headers, upgrade: "websocket" } });
  assert.deepEqual(await access.decide(socket, outside), viewer);
  for (const method of ["POST", "PUT", "PATCH", "DELETE"]) {
    assert.equal((await access.decide(request({ method, headers }), outside)).kind, "forbidden");
  }
});

Deno.test("a browser that signed in is known by its cookie until the session ends", async () => {
  let now = 1_000;
  const access = createAccess(both, () => now);
  const signIn = await access.signIn(viewerToken, outside);
  assert.ok(signIn.kind === "signed in");
  assert.equal(signIn.role, "viewer");
  const cookie = keepSession(signIn.proof, request()).split(";", 1).join();
  const decide = () => access.decide(request({ headers: { cookie } }), outside);
  assert.deepEqual(await decide(), { kind: "allowed", role: "viewer" });
  now += 8 * 24 * 3_600_000;
  assert.equal((await decide()).kind, "unknown");
});

Deno.test("guessing slows down, by the form and by the header alike, even the right guess", async () => {
  let now = 1_000;
  const access = createAccess(both, () => now);
  for (let n = 0; n < 3; n++) {
    assert.equal((await access.signIn(`wrong-${n}`, outside)).kind, "wrong");
    const headers = bearer(`wrong-too-${n}`);
    assert.equal(
      (await access.decide(request({ headers }), outside)).kind,
      n < 2 ? "unknown" : "slowed",
    );
  }
  assert.deepEqual(await access.signIn(adminToken, outside), { kind: "slowed", waitSeconds: 1 });
  assert.equal((await access.signIn(adminToken, "203.0.113.8")).kind, "signed in");
  now += 1_000;
  assert.equal((await access.signIn(adminToken, outside)).kind, "signed in");
});

Deno.test("guesses that come all at once are counted one by one", async () => {
  const access = createAccess(both, () => 1_000);
  const guesses = Array.from({ length: 50 }, (_, n) => access.signIn(`wrong-${n}`, outside));
  const kinds = (await Promise.all(guesses)).map(({ kind }) => kind);
  assert.equal(kinds.filter((kind) => kind === "wrong").length, 5);
});

Deno.test("a signed-in browser is not slowed by somebody who guesses at its address", async () => {
  const access = createAccess(both, () => 1_000);
  const signIn = await access.signIn(adminToken, outside);
  assert.ok(signIn.kind === "signed in");
  for (let n = 0; n < 10; n++) await access.signIn(`wrong-${n}`, outside);
  const headers = { cookie: `millrace_session=${signIn.proof}` };
  assert.equal((await access.decide(request({ headers }), outside)).kind, "allowed");
});
