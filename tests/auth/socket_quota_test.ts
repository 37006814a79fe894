import assert from "node:assert/strict";
import { createSocketQuota, SOCKETS_PER_ADDRESS } from "../../lib/auth/socket_quota.ts";

function fill(quota: ReturnType<typeof createSocketQuota>, address: string) {
  return Array.from({ length: SOCKETS_PER_ADDRESS }, () => quota.take(address));
}

Deno.test("an address can open a limited number of sockets until one is released", () => {
  const quota = createSocketQuota();
  const places = fill(quota, "203.0.113.7");
  assert.equal(places.includes(null), false);
  assert.equal(quota.take("203.0.113.7"), null);
  assert.notEqual(quota.take("203.0.113.8"), null);
  places[0]?.();
  assert.notEqual(quota.take("203.0.113.7"), null);
  assert.equal(quota.take("203.0.113.7"), null);
});

Deno.test("releasing a slot twice frees one slot", () => {
  const quota = createSocketQuota();
  const places = fill(quota, "203.0.113.7");
  places[0]?.();
  places[0]?.();
  assert.notEqual(quota.take("203.0.113.7"), null);
  assert.equal(quota.take("203.0.113.7"), null);
});

Deno.test("loopback addresses have no limit", () => {
  const quota = createSocketQuota();
  fill(quota, "127.0.0.1");
  assert.notEqual(quota.take("127.0.0.1"), null);
});
