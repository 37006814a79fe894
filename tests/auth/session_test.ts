import assert from "node:assert/strict";
import { createSessions, SESSION_MS } from "../../lib/auth/session.ts";

const tokens = {
  adminToken: "an-admin-token-of-some-length",
  viewerToken: "a-viewer-token-as-well",
};

Deno.test("a proof is read back as the session it was issued for", async () => {
  const sessions = createSessions(tokens, () => 1_000);
  for (const role of ["admin", "viewer"] as const) {
    assert.deepEqual(await sessions.read(await sessions.issue(role)), {
      role,
      expiresAt: 1_000 + SESSION_MS,
    });
  }
});

Deno.test("a proof is good on every node with the same tokens and on no other", async () => {
  const proof = await createSessions(tokens, () => 1_000).issue("viewer");
  const elsewhere = createSessions({ ...tokens }, () => 1_000);
  assert.equal((await elsewhere.read(proof))?.role, "viewer");
  const adminChanged = createSessions(
    { ...tokens, adminToken: "another-admin-token" },
    () => 1_000,
  );
  assert.equal((await adminChanged.read(proof))?.role, "viewer");
  const viewerChanged = createSessions({ ...tokens, viewerToken: "another-viewer" }, () => 1_000);
  assert.equal(await viewerChanged.read(proof), null);
  const noViewer = createSessions({ ...tokens, viewerToken: null }, () => 1_000);
  assert.equal(await noViewer.read(proof), null);
});

Deno.test("a proof ends with its time", async () => {
  let now = 1_000;
  const sessions = createSessions(tokens, () => now);
  const proof = await sessions.issue("admin");
  now += SESSION_MS - 1;
  assert.equal((await sessions.read(proof))?.role, "admin");
  now += 1;
  assert.equal(await sessions.read(proof), null);
});

Deno.test("no part of a proof can be changed", async () => {
  const sessions = createSessions(tokens, () => 1_000);
  const [role, expires, signature] = (await sessions.issue("viewer")).split(".");
  const [, , adminSignature] = (await sessions.issue("admin")).split(".");
  const forged = [
    `admin.${expires}.${signature}`,
    `${role}.${Number(expires) + 1}.${signature}`,
    `${role}.${expires}.${adminSignature}`,
    `${role}.${expires}.${"A".repeat(43)}`,
    `${role}.${expires}.`,
    `${role}.${expires}.${signature}.`,
    `${role}.${expires}.${"-".repeat(42)}`,
    `root.${expires}.${signature}`,
    "",
  ];
  for (const proof of forged) assert.equal(await sessions.read(proof), null, proof);
});

Deno.test("nobody can be signed in as a role that has no token", async () => {
  const sessions = createSessions({ ...tokens, viewerToken: null }, () => 1_000);
  await assert.rejects(sessions.issue("viewer"), /there is no token/);
});
