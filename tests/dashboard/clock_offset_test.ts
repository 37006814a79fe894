import assert from "node:assert/strict";
import { createClockOffset } from "../../lib/dashboard/clock_offset.ts";

/** The server's clock is an hour behind the reader's. */
const BEHIND = 3_600_000;

Deno.test("a delay is not told before the clocks were compared", () => {
  assert.equal(createClockOffset().arrived(1_000, 1_010), null);
});

Deno.test("a delay is told within the uncertainty of the comparison", () => {
  const clock = createClockOffset();
  clock.asked({ sentAt: BEHIND + 100, serverAt: 104, receivedAt: BEHIND + 108 });
  const delay = clock.arrived(1_000, BEHIND + 1_050)!;
  assert.ok(Math.abs(delay - 50) <= 4, `${delay} ms for 50`);
});

Deno.test("quick messages narrow the uncertainty", () => {
  const clock = createClockOffset();
  // The way back took 90 ms of the 100, so the middle is 40 ms off.
  clock.asked({ sentAt: BEHIND, serverAt: 10, receivedAt: BEHIND + 100 });
  clock.arrived(500, BEHIND + 501);
  const delay = clock.arrived(1_000, BEHIND + 1_050)!;
  assert.ok(Math.abs(delay - 50) <= 6, `${delay} ms for 50`);
});

Deno.test("a delay is never negative, even when a clock was set", () => {
  const clock = createClockOffset();
  clock.asked({ sentAt: 100, serverAt: 100, receivedAt: 102 });
  assert.equal(clock.arrived(9_000, 5_000), 0);
  clock.asked({ sentAt: 6_000, serverAt: 10_000, receivedAt: 6_002 });
  assert.ok(Math.abs(clock.arrived(11_000, 7_020)! - 20) <= 2);
});
