import assert from "node:assert/strict";
import { isKnownHost, isLocalHost } from "../../lib/auth/allowed_host.ts";

const publicUrls = [new URL("https://one.example/millrace"), new URL("https://two.example:8443")];

Deno.test("only loopback names are local", () => {
  for (
    const host of ["localhost", "127.0.0.1", "127.8.9.1:9000", "[::1]:80", "millrace.localhost"]
  ) {
    assert.equal(isLocalHost(host), true, host);
  }
  for (
    const host of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "10.0.0.1"]
  ) {
    assert.equal(isLocalHost(host), false, host);
  }
});

Deno.test("with public addresses, only they, IP addresses and loopback names are known hosts", () => {
  for (
    const host of [
      "one.example",
      "two.example:8443",
      "localhost:8000",
      "10.1.2.3:80",
      "[fd00::1]:80",
    ]
  ) {
    assert.equal(isKnownHost(host, publicUrls), true, host);
  }
  for (
    const host of [
      "evil.example",
      "two.example",
      "one.example.evil.example",
      "10.1.2.3.evil.example",
    ]
  ) {
    assert.equal(isKnownHost(host, publicUrls), false, host);
  }
  assert.equal(isKnownHost("anything.example", []), true);
});
