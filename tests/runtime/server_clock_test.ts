import assert from "node:assert/strict";
import { createServerClock } from "../../lib/runtime/server_clock.ts";

/** A machine whose clock is `skew` ms ahead of a server's; the machine has been up for `uptime` ms. */
function machine(skew: number) {
  const state = { uptime: 500, wall: 1_000_000 + skew };
  const clock = createServerClock({ wall: () => state.wall, steady: () => state.uptime });
  const pass = (ms: number) => {
    state.uptime += ms;
    state.wall += ms;
  };
  const serverTime = () => 1_000_000 + state.uptime - 500;
  const request = (outMs: number, backMs: number) => async () => {
    pass(outMs);
    const time = serverTime();
    pass(backMs);
    return await Promise.resolve(time);
  };
  return { clock, state, pass, serverTime, request };
}

Deno.test("a server clock is the machine's clock until it is synchronized", () => {
  const { clock, state } = machine(3_600_000);
  assert.equal(clock.now(), state.wall);
  assert.equal(clock.skewMs(), 0);
});

Deno.test("a synchronized server clock follows the server, and returns the machine's skew", async () => {
  for (const skew of [3_600_000, -3_600_000]) {
    const { clock, pass, serverTime, request } = machine(skew);
    await clock.set(request(20, 20));
    pass(5_000);
    assert.equal(clock.now(), serverTime());
    assert.equal(clock.skewMs(), skew);
  }
});

Deno.test("setting the machine's clock has no effect", async () => {
  const { clock, state, pass, serverTime, request } = machine(0);
  await clock.set(request(0, 0));
  state.wall -= 7_200_000;
  pass(1_000);
  assert.equal(clock.now(), serverTime());
  assert.equal(clock.skewMs(), -7_200_000);
});

Deno.test("a slow response does not synchronize the clock again", async () => {
  const { clock, serverTime, request } = machine(0);
  await clock.set(request(10, 10));
  await clock.set(request(0, 9_000));
  assert.equal(clock.now(), serverTime());
});
