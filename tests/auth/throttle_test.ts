import assert from "node:assert/strict";
import { createThrottle } from "../../lib/auth/throttle.ts";

function guess(throttle: ReturnType<typeof createThrottle>, address: string, times: number) {
  for (let n = 0; n < times; n++) throttle.failed(address, `guess ${address} ${Math.random()}`);
}

Deno.test("the first wrong tokens cost no waiting, later ones ever more, a minute at most", () => {
  let now = 0;
  const throttle = createThrottle(() => now);
  const waits: number[] = [];
  for (let n = 0; n < 13; n++) {
    guess(throttle, "a", 1);
    waits.push(throttle.waitSeconds("a"));
  }
  assert.deepEqual(waits, [0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
  now += 59_500;
  assert.equal(throttle.waitSeconds("a"), 1);
  now += 500;
  assert.equal(throttle.waitSeconds("a"), 0);
});

Deno.test("one address does not wait for another", () => {
  const throttle = createThrottle(() => 0);
  guess(throttle, "a", 10);
  assert.equal(throttle.waitSeconds("b"), 0);
});

Deno.test("the same wrong token again is no new guess", () => {
  const throttle = createThrottle(() => 0);
  for (let n = 0; n < 100; n++) throttle.failed("a", "outdated");
  assert.equal(throttle.waitSeconds("a"), 0);
});

Deno.test("an address is forgotten after a quarter of an hour without a guess", () => {
  let now = 0;
  const throttle = createThrottle(() => now);
  guess(throttle, "a", 20);
  now += 15 * 60_000;
  guess(throttle, "a", 1);
  assert.equal(throttle.waitSeconds("a"), 0);
});

Deno.test("of very many addresses the oldest are forgotten first", () => {
  const throttle = createThrottle(() => 0);
  guess(throttle, "first", 5);
  guess(throttle, "second", 5);
  for (let n = 0; n < 9_999; n++) throttle.failed(`crowd ${n}`, "x");
  assert.equal(throttle.waitSeconds("first"), 0);
  assert.equal(throttle.waitSeconds("second"), 1);
});
