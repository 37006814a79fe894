import assert from "node:assert/strict";
import { createThroughputMeter } from "../../lib/status/throughput.ts";
import { fakeClock } from "../support/recording_socket.ts";

Deno.test("perSecond() is the mean of the last five seconds", () => {
  const clock = fakeClock();
  const speed = createThroughputMeter(clock.now);
  for (let second = 0; second < 10; second++) {
    speed.add(20);
    clock.pass(1_000);
  }
  assert.equal(speed.perSecond(), 16);
});

Deno.test("perSecond() of a new stream ignores the time before its start", () => {
  const clock = fakeClock();
  const speed = createThroughputMeter(clock.now);
  speed.add(100);
  clock.pass(2_000);
  assert.equal(speed.perSecond(), 50);
});

Deno.test("perSecond() falls to zero when processing stops", () => {
  const clock = fakeClock();
  const speed = createThroughputMeter(clock.now);
  speed.add(100);
  clock.pass(5_000);
  assert.equal(speed.perSecond(), 0);
});
