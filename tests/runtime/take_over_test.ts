import assert from "node:assert/strict";
import { takeOver } from "../../lib/runtime/take_over.ts";
import { FakeTime } from "../support/fake_time.ts";

/** Tries to take something that is free after `freeAfterMs`, for 25 s; returns what happened, with its time. */
async function attempt(freeAfterMs: number) {
  using time = new FakeTime();
  const began = time.now();
  let waits = 0;
  let result: { taken: string | null; afterMs: number } | undefined;
  const take = () => time.now() - began >= freeAfterMs ? "it" : null;
  takeOver(take, { seconds: 25, onWait: () => waits++ }).then((taken) => {
    result = { taken, afterMs: time.now() - began };
  });
  for (let ms = 0; ms < 30_000 && result === undefined; ms += 250) {
    await settled();
    if (result === undefined) time.pass(250);
  }
  return { ...result, waits, timers: time.waiting };
}

async function settled() {
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
}

Deno.test("what is free is taken at once, without a notice", async () => {
  assert.deepEqual(await attempt(0), { taken: "it", afterMs: 0, waits: 0, timers: 0 });
});

Deno.test("what a predecessor releases is taken within a quarter of a second, with one notice", async () => {
  assert.deepEqual(await attempt(19_900), { taken: "it", afterMs: 20_000, waits: 1, timers: 0 });
});

Deno.test("what is never released is given up after the time, with one notice", async () => {
  assert.deepEqual(await attempt(Infinity), { taken: null, afterMs: 25_250, waits: 1, timers: 0 });
});
