import assert from "node:assert/strict";
import { createPaced } from "../../lib/dashboard/paced.ts";

/** A clock that stands until it is told to go on. */
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

/** Lets what has been settled be noticed. */
const settled = () => new Promise<void>((resolve) => queueMicrotask(() => queueMicrotask(resolve)));

Deno.test("the first ask is done at once, those during the rest are done once after it", async () => {
  const clock = createClock();
  let runs = 0;
  using paced = createPaced(() => Promise.resolve(void runs++), {
    restMs: 100,
    environment: clock,
  });
  paced.ask();
  assert.equal(runs, 1);
  await settled();
  paced.ask();
  paced.ask();
  assert.equal(runs, 1);
  clock.go(100);
  assert.equal(runs, 2);
  await settled();
  clock.go(100);
  assert.equal(runs, 2, "nobody has asked");
});

Deno.test("what takes long rests ten times as long, and never runs twice at once", async () => {
  const clock = createClock();
  let finish = () => {};
  let runs = 0;
  using paced = createPaced(
    () => {
      runs++;
      return new Promise((resolve) => finish = resolve);
    },
    { restMs: 100, environment: clock },
  );
  paced.ask();
  paced.ask();
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

Deno.test("nothing runs, and no timer is left, after the end", async () => {
  const clock = createClock();
  let runs = 0;
  const paced = createPaced(() => Promise.resolve(void runs++), { restMs: 1, environment: clock });
  paced.ask();
  await settled();
  paced[Symbol.dispose]();
  assert.equal(clock.isWaiting(), false);
  paced.ask();
  assert.equal(runs, 1);
});
