import assert from "node:assert/strict";
import { throttleWork } from "../../../lib/dashboard/live/throttle_work.ts";

/** A fake clock. */
function createClock() {
  let time = 0;
  let due: { at: number; run: () => void } | null = null;
  return {
    now: () => time,
    after(ms: number, run: () => void) {
      due = { at: time + ms, run };
      return () => due = null;
    },
    isWaiting: () => due !== null,
    go(ms: number) {
      time += ms;
      if (due === null || due.at > time) return;
      const { run } = due;
      due = null;
      run();
    },
  };
}

/** Flushes microtasks. */
const settled = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

Deno.test("the first call runs immediately, and calls during the pause run once after it", async () => {
  const clock = createClock();
  let runs = 0;
  using throttled = throttleWork(() => Promise.resolve(void runs++), {
    restMs: 100,
    environment: clock,
  });
  throttled.request();
  assert.equal(runs, 1);
  await settled();
  throttled.request();
  throttled.request();
  assert.equal(runs, 1);
  clock.go(100);
  assert.equal(runs, 2);
  await settled();
  clock.go(100);
  assert.equal(runs, 2, "there was no call");
});

Deno.test("a slow run pauses ten times as long, and runs never overlap", async () => {
  const clock = createClock();
  let finish = () => {};
  let runs = 0;
  using throttled = throttleWork(
    () => {
      runs++;
      return new Promise((resolve) => finish = resolve);
    },
    { restMs: 100, environment: clock },
  );
  throttled.request();
  throttled.request();
  assert.equal(runs, 1);
  clock.go(50);
  finish();
  await settled();
  clock.go(499);
  assert.equal(runs, 1);
  clock.go(1);
  assert.equal(runs, 2);
  finish();
  await settled();
});

Deno.test("disposing stops runs and timers", async () => {
  const clock = createClock();
  let runs = 0;
  const throttled = throttleWork(() => Promise.resolve(void runs++), {
    restMs: 1,
    environment: clock,
  });
  throttled.request();
  await settled();
  throttled[Symbol.dispose]();
  assert.equal(clock.isWaiting(), false);
  throttled.request();
  assert.equal(runs, 1);
});
