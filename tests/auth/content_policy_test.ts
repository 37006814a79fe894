import assert from "node:assert/strict";
import { contentPolicy } from "../../lib/auth/content_policy.ts";

Deno.test("a policy allows only inline code with the nonce, and no framing", () => {
  const policy = contentPolicy({ nonce: "abc" });
  assert.match(policy, /script-src 'self' 'nonce-abc';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.doesNotMatch(contentPolicy({ nonce: null }), /nonce/);
});

Deno.test("in development, a policy allows the framework's error frame and live reload", () => {
  const errorPage = contentPolicy({ nonce: null, development: true });
  assert.match(errorPage, /script-src 'self' 'unsafe-inline';/);
  assert.match(errorPage, /frame-src 'self'/);
  assert.match(
    contentPolicy({ nonce: "abc", development: true }),
    /script-src 'self' 'nonce-abc';/,
  );
});
