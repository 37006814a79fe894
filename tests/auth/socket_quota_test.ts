import assert from "node:assert/strict";
import { createSocketQuota, SOCKETS_PER_ADDRESS } from "../../lib/auth/socket_quota.ts";

function fill(quota: ReturnType<typeof createSocketQuota>, address: string) {
  return Array.from({ length: SOCKETS_PER_ADDRESS }, () => quota.take(address));
}

Deno.test("an address has its places, and no more until one is given back", () => {
  const quota = createSocketQuota();
  const places = fill(quota, "203.0.113.7");
  assert.equal(places.includes(null), false);
  assert.equal(quota.take("203.0.113.7"), null);
  assert.notEqual(quota.take("203.0.113.8"), null);
  places[0]?.();
  assert.notEqual(quota.take("203.0.113.7"), null);
  assert.equal(quota.take("203.0.113.7"), null);
});

Deno.test("a place that is given back twice is one place", () => {
  const quota = createSocketQuota();
  const places = fill(quota, "203.0.113.7");
  places[0]?.();
  places[0]?.();
  assert.notEqual(quota.take("203.0.113.7"), null);
  assert.equal(quota.take("203.0.113.7"), null);
});

Deno.test("this machine's own addresses have no limit", () => {
  const quota = createSocketQuota();
  fill(quota, "127.0.0.1");
  assert.notEqual(quota.take("127.0.0.1"), null);
});
