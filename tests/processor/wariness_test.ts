import assert from "node:assert/strict";
import { createWariness } from "../../lib/processor/wariness.ts";
import { FakeTime } from "../support/fake_time.ts";

function start(time: FakeTime) {
  const spares: number[] = [];
  const wariness = createWariness({
    now: time.now,
    onChange: () => spares.push(wariness.spares()),
  });
  return { wariness, spares };
}

Deno.test("a pool is wary from one suspect on until ten seconds after the last", () => {
  using time = new FakeTime();
  const { wariness, spares } = start(time);
  wariness.note(0);
  assert.equal(wariness.isWary(), false);
  wariness.note(1);
  time.pass(9_000);
  wariness.note(1);
  time.pass(9_999);
  assert.equal(wariness.isWary(), true);
  time.pass(1);
  assert.equal(wariness.isWary(), false);
  assert.deepEqual(spares, []);
});

Deno.test("a pool has spares from eight suspects in ten seconds on until it is calm", () => {
  using time = new FakeTime();
  const { wariness, spares } = start(time);
  wariness.note(5);
  time.pass(6_000);
  wariness.note(2);
  assert.equal(wariness.spares(), 0);
  wariness.note(1);
  wariness.note(20);
  assert.equal(wariness.spares(), 4);
  time.pass(10_000);
  assert.equal(wariness.spares(), 0);
  assert.deepEqual(spares, [4, 0]);
});

Deno.test("a pool has no spares for a suspect now and then", () => {
  using time = new FakeTime();
  const { wariness } = start(time);
  for (let round = 0; round < 50; round++) {
    wariness.note(1);
    time.pass(2_000);
    assert.equal(wariness.spares(), 0);
  }
  wariness.stop();
  wariness.note(1);
  time.pass(20_000);
});
