import assert from "node:assert/strict";
import { createTokenCheck } from "../../lib/auth/token_check.ts";

const adminToken = "an-admin-token-of-some-length";
const viewerToken = "a-viewer-token-of-some-length";

Deno.test("a token stands for its role, anything else for none", () => {
  const roleOf = createTokenCheck({ adminToken, viewerToken });
  assert.equal(roleOf(adminToken), "admin");
  assert.equal(roleOf(viewerToken), "viewer");
  for (const wrong of ["", adminToken.slice(0, -1), adminToken + "x", adminToken.toUpperCase()]) {
    assert.equal(roleOf(wrong), null);
  }
});

Deno.test("a role without a token is nobody's", () => {
  const roleOf = createTokenCheck({ adminToken, viewerToken: null });
  assert.equal(roleOf(""), null);
  assert.equal(roleOf("null"), null);
});
