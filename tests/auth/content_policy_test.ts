import assert from "node:assert/strict";
import { contentPolicy } from "../../lib/auth/content_policy.ts";

Deno.test("a policy allows nothing inline but what carries the nonce, and no frame", () => {
  const policy = contentPolicy("abc");
  assert.match(policy, /script-src 'self' 'nonce-abc';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.doesNotMatch(contentPolicy(null), /nonce/);
});
