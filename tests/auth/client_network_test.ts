import assert from "node:assert/strict";
import { clientNetwork } from "../../lib/auth/client_network.ts";

Deno.test("an IPv4 address has one key in every notation", () => {
  assert.equal(clientNetwork("203.0.113.7"), "203.0.113.7");
  assert.equal(clientNetwork("::ffff:203.0.113.7"), "203.0.113.7");
});

Deno.test("an IPv6 address is keyed by its /64 network", () => {
  assert.equal(clientNetwork("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
  assert.equal(clientNetwork("2001:db8:1:2::6"), "2001:db8:1:2::/64");
  assert.equal(clientNetwork("2001:db8::6"), "2001:db8:0:0::/64");
  assert.equal(clientNetwork("fe80::1%eth0"), "fe80:0:0:0::/64");
  assert.notEqual(clientNetwork("2001:db8:1:3::6"), clientNetwork("2001:db8:1:2::6"));
});

Deno.test("loopback addresses are kept", () => {
  assert.equal(clientNetwork("::1"), "::1");
  assert.equal(clientNetwork("localhost"), "localhost");
});
