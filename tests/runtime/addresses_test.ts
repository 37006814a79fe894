import assert from "node:assert/strict";
import { isLoopback, parseAddresses } from "../../lib/runtime/addresses.ts";

Deno.test("isLoopback() recognizes loopback addresses", () => {
  for (const host of ["127.0.0.1", "127.1.2.3", "localhost", "::1"]) assert.ok(isLoopback(host));
  for (const host of ["0.0.0.0", "10.0.0.1", "127.evil.example", "::"]) {
    assert.ok(!isLoopback(host));
  }
});

Deno.test("an address set contains its addresses and networks, in either notation of IPv4", () => {
  const set = parseAddresses(["192.0.2.1", "10.0.0.0/8", "2001:db8::/32"]);
  for (const inside of ["192.0.2.1", "10.255.0.1", "::ffff:10.0.0.1", "2001:db8::5"]) {
    assert.ok(set.has(inside), inside);
  }
  for (const outside of ["192.0.2.2", "11.0.0.1", "2001:db9::5", "local", "", "10.0.0"]) {
    assert.ok(!set.has(outside), outside);
  }
  assert.ok(!parseAddresses([]).has("127.0.0.1"));
});

Deno.test("an invalid entry is named", () => {
  for (const entry of ["proxy", "10.0.0.0/33", "10.0.0.0/", "::/129", "1.2.3.4/8/8"]) {
    assert.throws(() => parseAddresses([entry]), { message: new RegExp(`"${entry}"`) });
  }
});
