import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { getLogger } from "@logtape/logtape";
import { createMemoryQueue } from "../../lib/queue/memory_queue.ts";
import { createReporter } from "../../lib/status/reporter.ts";
import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import { FakeTime } from "../support/fake_time.ts";

/** A node that reports to a queue with a fake clock, and the recorded statuses. */
function reportingNode(time: FakeTime) {
  const published: { at: number; inFlight: number }[] = [];
  const queue = createMemoryQueue({
    now: time.now,
    publish(status) {
      published.push({ at: time.now(), inFlight: parseProcessorStatus(status).in_flight });
    },
  });
  const state = { inFlight: 0 };
  const reporter = createReporter({
    queue,
    logger: getLogger("test"),
    outages: { began: () => {}, ended: () => {} },
    monotonicNow: time.now,
    now: time.now,
    today: () => ({ day: "20260713", zone: "UTC" }),
    describe: () => ({
      node: "a",
      role: "all",
      running: true,
      workers: 1,
      in_flight: state.inFlight,
      speed: 0,
      last_error: null,
      detail: {},
    }),
    onStatus: () => {},
  });
  return { reporter, published, state };
}

/** Advances the time in small steps, and flushes promises. */
async function pass(time: FakeTime, ms: number) {
  for (let passed = 0; passed < ms; passed++) {
    time.pass(1);
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

Deno.test("soon() publishes immediately when idle, even right after a heartbeat", async () => {
  using time = new FakeTime();
  const { reporter, published, state } = reportingNode(time);
  reporter.start();
  await pass(time, 1_010);
  assert.equal(published.length, 2, "the first report and a heartbeat");
  state.inFlight = 7;
  reporter.publish();
  await pass(time, 1);
  assert.equal(published.at(-1)?.inFlight, 7);
  await reporter.stop();
});

Deno.test("later() publishes within a window, without delaying urgent changes", async () => {
  using time = new FakeTime();
  const { reporter, published, state } = reportingNode(time);
  reporter.start();
  await pass(time, 500);
  state.inFlight = 1;
  reporter.publishDeferred();
  await pass(time, 10);
  assert.equal(published.length, 1);
  state.inFlight = 2;
  reporter.publish();
  await pass(time, 1);
  assert.deepEqual(published.map(({ inFlight }) => inFlight), [0, 2]);
  state.inFlight = 3;
  reporter.publishDeferred();
  await pass(time, 60);
  assert.equal(published.at(-1)?.inFlight, 3);
  await reporter.stop();
});

Deno.test("under load, at most 20 statuses per second are published, including the final state", async () => {
  using time = new FakeTime();
  const { reporter, published, state } = reportingNode(time);
  reporter.start();
  for (let change = 1; change <= 3_000; change++) {
    state.inFlight = change;
    reporter.publish();
    if (change % 7 === 0) reporter.publishDeferred();
    await pass(time, 1);
  }
  await pass(time, 60);
  assert.equal(published.at(-1)?.inFlight, 3_000);
  for (const { at } of published) {
    const within = published.filter((each) => each.at >= at && each.at < at + 1_000);
    assert.ok(within.length <= 20, `${within.length} in the second after ${at}`);
  }
  assert.ok(published.length >= 54, `only ${published.length} in 3 s`);
  await reporter.stop();
  assert.equal(time.waiting, 0);
});
