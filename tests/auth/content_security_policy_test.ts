import assert from "node:assert/strict";
import { contentSecurityPolicy } from "../../lib/auth/content_security_policy.ts";

Deno.test("a policy allows only inline code with the nonce, and no framing", () => {
  const policy = contentSecurityPolicy({ nonce: "abc" });
  assert.match(policy, /script-src 'self' 'nonce-abc';/);
  assert.match(policy, /frame-ancestors 'none'/);
  assert.doesNotMatch(policy, /unsafe/);
  assert.doesNotMatch(contentSecurityPolicy({ nonce: null }), /nonce/);
});

Deno.test("in development, a policy allows the framework's error frame and live reload", () => {
  const errorPage = contentSecurityPolicy({ nonce: null, development: true });
  assert.match(errorPage, /script-src 'self' 'unsafe-inline';/);
  assert.match(errorPage, /frame-src 'self'/);
  assert.match(
    contentSecurityPolicy({ nonce: "abc", development: true }),
    /script-src 'self' 'nonce-abc';/,
  );
});
