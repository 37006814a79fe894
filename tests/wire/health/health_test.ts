import assert from "node:assert/strict";
import fc from "fast-check";
import {
  APPEARANCE,
  HEALTH_STATES,
  type HealthFacts,
  healthOf,
  troublesOf,
} from "../../../lib/wire/health/health.ts";
import { EMPTY_TRACE } from "../../../lib/wire/health/trace.ts";
import { BEGIN, flowing, nodeOf, statusOf, watched } from "../../support/statuses.ts";

const held = nodeOf({ node: "vm-2", lost: true, in_flight: 800, lease_until: BEGIN + 22_000 });

Deno.test("gone: no status for 2.5 s, whatever the last one was", () => {
  const facts = watched([statusOf({ nodes: [nodeOf(), held] })]);
  assert.notEqual(healthOf({ ...facts, ageMs: 2_499 }).state, "gone");
  assert.deepEqual(healthOf({ ...facts, ageMs: 14_200 }), {
    state: "gone",
    at: BEGIN,
    seconds: 14,
  });
});

Deno.test("unknown: connected, and no node has reported", () => {
  assert.equal(healthOf({ status: null, trace: EMPTY_TRACE, ageMs: 0 }).state, "unknown");
  const nobody = statusOf({ running: false, workers: 0, nodes: [], processed_total: 5 });
  assert.equal(healthOf(watched([nobody])).state, "unknown");
});

Deno.test("empty: running, without any article so far", () => {
  const status = statusOf({ processed_total: 0 });
  assert.deepEqual(healthOf(watched([status])), { state: "empty", workers: 2 });
  assert.equal(healthOf(watched([{ ...status, queue_dead: 1 }])).state, "ok");
});

Deno.test("broker: Redis is unreachable, since the first status that reports it", () => {
  const away = statusOf({ running: false, outages: ["broker"] });
  const statuses = [statusOf(), { ...away, at: BEGIN + 1_000 }, { ...away, at: BEGIN + 9_000 }];
  assert.deepEqual(healthOf(watched(statuses)), { state: "broker", since: BEGIN + 1_000 });
});

Deno.test("after Redis returns, an enabled stream is away until a node resumes, never stopped", () => {
  const waiting = [nodeOf({ running: false, outages: ["broker"] })];
  const statuses = [
    statusOf(),
    statusOf({ running: false, outages: ["broker"], at: BEGIN + 1_000 }),
    statusOf({ running: false, nodes: waiting, at: BEGIN + 9_000 }),
  ];
  for (const shown of [statuses.slice(0, 2), statuses]) {
    const facts = watched(shown);
    assert.deepEqual(healthOf(facts), { state: "broker", since: BEGIN + 1_000 });
    assert.deepEqual(troublesOf(facts).map(({ state }) => state), ["broker"]);
  }
  const resumed = statusOf({ nodes: [nodeOf(), ...waiting], at: BEGIN + 9_500 });
  assert.equal(healthOf(watched([...statuses, resumed])).state, "ok");
});

Deno.test("database: a live node cannot reach Postgres", () => {
  const nodes = [nodeOf({ running: false, outages: ["database"] })];
  const status = statusOf({ running: false, nodes, at: BEGIN + 5_000 });
  assert.deepEqual(healthOf(watched([statusOf(), status])), {
    state: "database",
    since: BEGIN + 5_000,
  });
});

Deno.test("lost: a silent node has active articles; one without articles is not a problem", () => {
  assert.deepEqual(healthOf(watched([statusOf({ nodes: [nodeOf(), held] })])), {
    state: "lost",
    node: "vm-2",
    held: 800,
    seconds: 22,
  });
  const nodes = [nodeOf(), nodeOf({ node: "vm-2", lost: true })];
  assert.equal(healthOf(watched([statusOf({ nodes })])).state, "ok");
});

Deno.test("stopped: there are nodes, but none is running", () => {
  const status = statusOf({ running: false, queue_pending: 1_204 });
  assert.deepEqual(healthOf(watched([status])), { state: "stopped", waiting: 1_204 });
});

Deno.test("none: articles wait, and there is no worker, even if every node is lost", () => {
  const lost = nodeOf({ lost: true });
  const gone = statusOf({ running: false, workers: 0, queue_pending: 7, nodes: [lost] });
  assert.deepEqual(healthOf(watched([gone])), { state: "none", waiting: 7 });
  assert.equal(healthOf(watched([statusOf({ workers: 0 })])).state, "none");
});

Deno.test("stuck: articles are in progress, and none finished for thirty seconds", () => {
  const standing = (seconds: number) =>
    healthOf(watched(flowing({ seconds, arriving: 0, finishing: 0, inFlight: 800 })));
  assert.equal(standing(29).state, "ok");
  assert.deepEqual(standing(40), { state: "stuck", held: 800, seconds: 40 });
  const idle = watched(flowing({ seconds: 90, arriving: 0, finishing: 0, inFlight: 0 }));
  assert.equal(healthOf(idle).state, "ok");
});

Deno.test("a stream is not stuck immediately after a stop or an outage", () => {
  const before = flowing({ seconds: 5, arriving: 0, finishing: 0, inFlight: 8 });
  const off = { running: false, in_flight: 8 };
  const stopped = statusOf({ ...off, at: BEGIN + 70_000 });
  const away = statusOf({ ...off, at: BEGIN + 70_000, outages: ["broker"] });
  const after = statusOf({ in_flight: 8, at: BEGIN + 71_000 });
  assert.notEqual(healthOf(watched([...before, stopped, after])).state, "stuck");
  assert.notEqual(healthOf(watched([...before, away, after])).state, "stuck");
});

Deno.test("restarting: five restarts within a minute", () => {
  const restarted = (total: number, at: number) => statusOf({ at, worker_restarts: total });
  const quick = [restarted(3, BEGIN), restarted(9, BEGIN + 30_000)];
  assert.deepEqual(healthOf(watched(quick)), {
    state: "restarting",
    restarts: 6,
    quarantined: 0,
  });
  const slow = [restarted(3, BEGIN), restarted(6, BEGIN + 70_000), restarted(9, BEGIN + 140_000)];
  assert.equal(healthOf(watched(slow)).state, "ok");
  assert.equal(healthOf(watched([restarted(900, BEGIN)])).state, "ok");
});

Deno.test("behind: the backlog has grown for ten seconds, with its growth", () => {
  const facts = watched(flowing({ seconds: 20, arriving: 1_000, finishing: 210 }));
  const health = healthOf(facts);
  assert.equal(health.state, "behind");
  assert.ok(health.state === "behind" && Math.abs(health.growth - 790) < 1);
});

Deno.test("behind names the stage that takes most of the time", () => {
  const statuses = flowing({ seconds: 20, arriving: 1_000, finishing: 210 }).map((status, n) => {
    const stages = { load_ms: n * 10, clean_ms: n * 10, annotate_ms: n * 9, save_ms: n * 71 };
    return { ...status, nodes: [nodeOf({ stages })] };
  });
  const health = healthOf(watched(statuses));
  assert.deepEqual(health.state === "behind" && health.busiest, { stage: "save", share: 0.71 });
});

Deno.test("catching: the backlog shrinks, and the estimate is its depth over its rate", () => {
  const statuses = flowing({ seconds: 20, arriving: 100, finishing: 200, pending: 5_000 });
  const health = healthOf(watched(statuses));
  assert.ok(health.state === "catching" && health.least !== null && health.most !== null);
  assert.ok(Math.abs(health.least - 30) < 1 && Math.abs(health.most - 30) < 1);
});

Deno.test("a burst that is being processed never counts as falling behind", () => {
  const before = flowing({ seconds: 10, arriving: 0, finishing: 100, inFlight: 0 });
  for (let seconds = 1; seconds <= 15; seconds++) {
    const pending = 5_000;
    const begin = BEGIN + 11_000;
    const burst = flowing({ seconds, arriving: 0, finishing: 100, pending, begin });
    const { state } = healthOf(watched([...before, ...burst]));
    assert.notEqual(state, "behind", `${seconds} s after the burst`);
    if (seconds > 5) assert.equal(state, "catching", `${seconds} s after the burst`);
  }
});

Deno.test("ok: output matches input, with the longest wait", () => {
  const nodes = [nodeOf({ oldest_at: BEGIN + 19_600 })];
  const statuses = flowing({ seconds: 20, arriving: 812, finishing: 812, pending: 12 })
    .map((status) => ({ ...status, nodes }));
  assert.deepEqual(healthOf(watched(statuses)), {
    state: "ok",
    waiting: 12,
    oldest: 0.4,
    steady: true,
  });
});

Deno.test("of two problems, the more severe one is the verdict, and both are listed", () => {
  const status = statusOf({ running: false, nodes: [nodeOf({ running: false }), held] });
  const facts = watched([status]);
  assert.equal(healthOf(facts).state, "lost");
  assert.deepEqual(troublesOf(facts).map(({ state }) => state), ["lost", "stopped"]);
});

const count = fc.nat({ max: 100_000 });
const node = fc.record({
  lost: fc.boolean(),
  running: fc.boolean(),
  in_flight: count,
  role: fc.constantFrom("all", "web", "worker"),
}).map(nodeOf);
const facts: fc.Arbitrary<HealthFacts> = fc.record({
  statuses: fc.array(
    fc.record({
      running: fc.boolean(),
      workers: fc.nat({ max: 8 }),
      queue_pending: count,
      queue_retry: count,
      queue_dead: count,
      in_flight: count,
      processed_total: count,
      failed_total: count,
      speed: fc.double({ min: 0, max: 5_000, noNaN: true }),
      nodes: fc.array(node, { maxLength: 3 }),
      at: fc.nat({ max: 120_000 }).map((ms) => BEGIN + ms),
    }).map(statusOf),
    { minLength: 1, maxLength: 30 },
  ),
  ageMs: fc.nat({ max: 6_000 }),
}).map(({ statuses, ageMs }) => ({ ...watched(statuses), ageMs }));

Deno.test("every stream has one verdict, with a look and finite numbers", () => {
  fc.assert(fc.property(facts, (given) => {
    const health = healthOf(given);
    assert.ok(HEALTH_STATES.includes(health.state));
    assert.ok(APPEARANCE[health.state]);
    for (const value of Object.values(health)) {
      if (typeof value === "number") assert.ok(Number.isFinite(value) && value >= 0);
    }
  }));
});

Deno.test("nothing spins without a fresh status, without workers or while stopped", () => {
  fc.assert(fc.property(facts, (given) => {
    const { turns } = APPEARANCE[healthOf(given).state];
    const { status, ageMs } = given;
    if (ageMs >= 2_500 || status === null || status.workers === 0) assert.equal(turns, false);
    const isThere = status?.nodes.some(({ lost, role }) => !lost && role !== "web");
    if (isThere && status?.running === false) assert.equal(turns, false);
  }));
});

Deno.test("a constant stream's trend has the correct sign, within ten percent", () => {
  const rate = fc.integer({ min: 20, max: 3_000 });
  fc.assert(fc.property(rate, rate, fc.nat({ max: 50_000 }), (arriving, finishing, pending) => {
    const change = arriving - finishing;
    fc.pre(Math.abs(change) > 0.05 * finishing);
    fc.pre(change > 0 || pending + change * 20 > 2 * finishing);
    const facts = watched(flowing({ seconds: 20, arriving, finishing, pending }));
    const health = healthOf(facts);
    if (change > 0 && facts.status.queue_pending > 2 * finishing) {
      assert.ok(health.state === "behind");
      assert.ok(Math.abs(health.growth - change) <= 0.1 * change);
    }
    if (change < 0) assert.equal(health.state, "catching");
  }));
});
