import assert from "node:assert/strict";
import { createPoolMode } from "../../lib/processor/pool_mode.ts";
import { FakeTime } from "../support/fake_time.ts";

function start(time: FakeTime) {
  const spares: number[] = [];
  const mode = createPoolMode({
    now: time.now,
    onChange: () => spares.push(mode.spareWorkers()),
  });
  return { mode, spares };
}

Deno.test("a pool is cautious from one suspect on until ten seconds after the last", () => {
  using time = new FakeTime();
  const { mode, spares } = start(time);
  mode.note(0);
  assert.equal(mode.computesSingly(), false);
  mode.note(1);
  time.pass(9_000);
  mode.note(1);
  time.pass(9_999);
  assert.equal(mode.computesSingly(), true);
  time.pass(1);
  assert.equal(mode.computesSingly(), false);
  assert.deepEqual(spares, []);
});

Deno.test("a pool has spares from eight suspects in ten seconds on until ten seconds without one", () => {
  using time = new FakeTime();
  const { mode, spares } = start(time);
  mode.note(5);
  time.pass(6_000);
  mode.note(2);
  assert.equal(mode.spareWorkers(), 0);
  mode.note(1);
  mode.note(20);
  assert.equal(mode.spareWorkers(), 4);
  time.pass(10_000);
  assert.equal(mode.spareWorkers(), 0);
  assert.deepEqual(spares, [4, 0]);
});

Deno.test("a pool has no spares for a suspect now and then", () => {
  using time = new FakeTime();
  const { mode } = start(time);
  for (let round = 0; round < 50; round++) {
    mode.note(1);
    time.pass(2_000);
    assert.equal(mode.spareWorkers(), 0);
  }
  mode.stop();
  mode.note(1);
  time.pass(20_000);
});
