import assert from "node:assert/strict";
import { foldAddress } from "../../lib/auth/address.ts";

Deno.test("an IPv4 address has one key in every notation", () => {
  assert.equal(foldAddress("203.0.113.7"), "203.0.113.7");
  assert.equal(foldAddress("::ffff:203.0.113.7"), "203.0.113.7");
});

Deno.test("an IPv6 address is keyed by its /64 network", () => {
  assert.equal(foldAddress("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(foldAddress("2001:db8:1:2::6"), "2001:db8:1:2::/64");
  assert.equal(foldAddress("2001:db8::6"), "2001:db8:0:0::/64");
  assert.equal(foldAddress("fe80::1%eth0"), "fe80:0:0:0::/64");
  assert.notEqual(foldAddress("2001:db8:1:3::6"), foldAddress("2001:db8:1:2::6"));
});

Deno.test("loopback addresses are kept", () => {
  assert.equal(foldAddress("::1"), "::1");
  assert.equal(foldAddress("localhost"), "localhost");
});
