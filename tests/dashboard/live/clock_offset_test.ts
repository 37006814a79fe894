import assert from "node:assert/strict";
import { createClockOffset } from "../../../lib/dashboard/live/clock_offset.ts";

/** The server's clock is an hour behind the reader's. */
const BEHIND = 3_600_000;

Deno.test("no delay is reported before the clocks were compared", () => {
  assert.equal(createClockOffset().arrived(1_000, 1_010), null);
});

Deno.test("a delay is reported within the uncertainty of the comparison", () => {
  const clock = createClockOffset();
  clock.probed({ sentAt: BEHIND + 100, serverAt: 104, receivedAt: BEHIND + 108 });
  const delay = clock.arrived(1_000, BEHIND + 1_050)!;
  assert.ok(Math.abs(delay - 50) <= 4, `${delay} ms for 50`);
});

Deno.test("fast messages narrow the uncertainty", () => {
  const clock = createClockOffset();
  // The response took 90 of the 100 ms, so the midpoint is 40 ms off.
  clock.probed({ sentAt: BEHIND, serverAt: 10, receivedAt: BEHIND + 100 });
  clock.arrived(500, BEHIND + 501);
  const delay = clock.arrived(1_000, BEHIND + 1_050)!;
  assert.ok(Math.abs(delay - 50) <= 6, `${delay} ms for 50`);
});

Deno.test("a delay is never negative, even if a clock was set", () => {
  const clock = createClockOffset();
  clock.probed({ sentAt: 100, serverAt: 100, receivedAt: 102 });
  assert.equal(clock.arrived(9_000, 5_000), 0);
  clock.probed({ sentAt: 6_000, serverAt: 10_000, receivedAt: 6_002 });
  assert.ok(Math.abs(clock.arrived(11_000, 7_020)! - 20) <= 2);
});

Deno.test("the difference of the clocks is what the bounds prove, so a slow response proves none", () => {
  const clock = createClockOffset();
  assert.equal(clock.offMs.value, null);
  clock.probed({ sentAt: 0, serverAt: 100, receivedAt: 20_000 });
  assert.equal(clock.offMs.value, null);
  clock.probed({ sentAt: BEHIND, serverAt: 10, receivedAt: BEHIND + 100 });
  assert.equal(clock.offMs.value, BEHIND - 10);
  // The clock was set.
  clock.arrived(5_000, 5_020);
  assert.equal(clock.offMs.value, null);
  clock.arrived(BEHIND, 5_000);
  assert.equal(clock.offMs.value, 5_000 - BEHIND);
});
