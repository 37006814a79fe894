import assert from "node:assert/strict";
import { throttleLatest } from "../../../lib/dashboard/live/throttle_latest.ts";
import { FakeEnvironment } from "../fake_environment.ts";

Deno.test("the first value passes immediately, then the latest one every half second", () => {
  const environment = new FakeEnvironment();
  const taken: [number, number][] = [];
  const began = environment.now();
  const latest = throttleLatest<number>((value, at) => taken.push([value, at - began]), {
    restMs: 500,
    environment,
  });
  for (let n = 0; n < 30; n++) {
    latest.offer(n);
    environment.pass(50);
  }
  environment.pass(2_000);
  assert.deepEqual(taken.map(([value]) => value), [0, 9, 19, 29]);
  assert.equal(taken[1]![1], 450, "with the time when it was offered");
  latest.offer(99);
  assert.equal(taken.at(-1)![0], 99, "immediately after a pause");
});
