import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import { getLogger } from "@logtape/logtape";
import { createMemoryQueue } from "../../lib/queue/memory_queue.ts";
import type { NodeReport } from "../../lib/queue/queue.ts";
import { ALIVE_MS } from "../../lib/queue/node_liveness.ts";
import { heartbeatMs } from "../../lib/status/heartbeat_interval.ts";
import { createReporter } from "../../lib/status/reporter.ts";
import { parseProcessorStatus, type ProcessorStatus } from "../../lib/wire/processor_status.ts";
import { FakeTime } from "../support/fake_time.ts";

/** A node that reports to a queue with a fake clock, and the recorded statuses. */
function reportingNode(time: FakeTime) {
  const published: { at: number; inFlight: number; lost: string[] }[] = [];
  const shown: ProcessorStatus[] = [];
  const queue = createMemoryQueue({
    now: time.now,
    publish(status) {
      const { in_flight: inFlight, nodes } = parseProcessorStatus(status);
      const lost = nodes.flatMap((node) => node.lost ? node.node : []);
      published.push({ at: time.now(), inFlight, lost });
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
    onStatus: (status) => void shown.push(status),
  });
  return { reporter, queue, published, shown, state };
}

const SILENT_NODE: NodeReport = {
  node: "b",
  role: "worker",
  running: true,
  workers: 1,
  in_flight: 0,
  speed: 0,
  last_error: null,
  detail: {},
};

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
  await pass(time, 300);
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

Deno.test("the loss of a node is published within 20 ms of its due time, whenever it falls silent", async () => {
  for (const lastReportAt of [3_010, 3_300, 3_490, 3_700, 3_999]) {
    using time = new FakeTime();
    const { reporter, queue, published } = reportingNode(time);
    reporter.start();
    const began = time.now();
    while (time.now() - began < lastReportAt) {
      await queue.report(SILENT_NODE, { day: "20260713", zone: "UTC" }, 53, false);
      await pass(time, Math.min(500, lastReportAt - (time.now() - began)));
    }
    await queue.report(SILENT_NODE, { day: "20260713", zone: "UTC" }, 53, false);
    const silentSince = time.now();
    await pass(time, 3_000);
    const loss = published.find(({ lost }) => lost.length > 0);
    const after = (loss?.at ?? Infinity) - silentSince;
    assert.ok(after > ALIVE_MS && after <= ALIVE_MS + 20, `lost after ${after} ms`);
    await reporter.stop();
  }
});

Deno.test("a broker that stops responding is shown as unavailable after a second, until it responds", async () => {
  using time = new FakeTime();
  const { reporter, queue, shown } = reportingNode(time);
  reporter.start();
  await pass(time, 1_000);
  const { report } = queue;
  const { promise: thawed, resolve: thaw } = Promise.withResolvers<void>();
  queue.report = async (...args) => {
    await thawed;
    return await report(...args);
  };
  shown.length = 0;
  await pass(time, 500 + 1_000 + 5);
  assert.deepEqual(shown.map(({ outages }) => outages), [["broker"]]);
  await pass(time, 2_000);
  assert.equal(shown.length, 3);
  queue.report = report;
  thaw();
  await pass(time, 1_500);
  assert.equal(shown.at(-1)?.outages, undefined);
  await reporter.stop();
  assert.equal(time.waiting, 0);
});

Deno.test("the heartbeats of many nodes are slower, and two fit into the time until a node is lost", () => {
  assert.equal(heartbeatMs(0), 500);
  assert.equal(heartbeatMs(250), 500);
  assert.ok(heartbeatMs(300) > 500);
  assert.ok(2 * heartbeatMs(10_000) < ALIVE_MS);
});
