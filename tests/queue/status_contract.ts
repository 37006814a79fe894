import assert from "node:assert/strict";
import type { NodeReport, SettledTally, Tally } from "../../lib/queue/queue.ts";
import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import { type Contract, placement } from "./queue_contract.ts";

const DAY = "20260713";
export const TODAY = { day: DAY, zone: "Asia/Shanghai" };

export function report(some: Partial<NodeReport>): NodeReport {
  return {
    node: "a",
    role: "all",
    running: true,
    workers: 2,
    in_flight: 0,
    speed: 0,
    last_error: null,
    detail: {},
    ...some,
  };
}

/** The node's first tally of the day. */
function tally(some: Partial<Tally>): SettledTally {
  const counts = { processed: 0, failed: 0, retried: 0, elapsedMs: 0 };
  const whole = { node: "a", day: DAY, ...counts, ...some };
  const { node: _, day: __, ...added } = whole;
  return { ...whole, added };
}

/** The contract of every queue's reports and counters. */
export const statusContract: Contract = {
  async "the status of an empty system has all its fields"({ queue }) {
    const { status } = await queue.report(null, TODAY, 50, true);
    const { seq: _, at, ...rest } = parseProcessorStatus(status);
    assert.deepEqual(rest, {
      running: false,
      workers: 0,
      queue_pending: 0,
      queue_retry: 0,
      queue_dead: 0,
      processed_total: 0,
      processed_today: 0,
      time_zone: "Asia/Shanghai",
      speed: 0,
      last_error: null,
      in_flight: 0,
      held_by_lost: 0,
      worker_restarts: 0,
      failed_total: 0,
      retried_total: 0,
      avg_processing_ms: 0,
      cluster: {
        live: 0,
        lost: 0,
        processing: 0,
        quarantined: 0,
        oldest_at: null,
        stages: { load_ms: 0, clean_ms: 0, annotate_ms: 0, save_ms: 0, restart_ms: 0 },
        settings: {},
        alerts: { firing: 0, browser: 0 },
      },
      nodes: [],
    });
    assert.ok(Math.abs(at - Date.now()) < 120_000);
  },

  async "the status sums over live nodes"({ queue, pass }) {
    const older = { message: "older", at: 5 };
    const newer = { message: 'newer: "a/b"\n\\ 汉𠮷\u0000', at: 6 };
    await queue.report(report({ node: "silent", workers: 8, last_error: newer }), TODAY, 50, true);
    await pass(3_500);
    await queue.place(placement({ pending: [1, 2], dead: [{ id: 3, diedAt: 1 }] }));
    await queue.report(
      report({ node: "b", workers: 3, in_flight: 4, speed: 1.111, last_error: newer }),
      TODAY,
      50,
      true,
    );
    await queue.report(
      report({ node: "w", role: "web", workers: 0, running: true }),
      TODAY,
      50,
      true,
    );
    await queue.report(
      report({ node: "a", running: false, in_flight: 1, speed: 2.222, last_error: older }),
      TODAY,
      50,
      true,
    );
    const { status } = await queue.report(null, TODAY, 50, true);
    const parsed = parseProcessorStatus(status);
    assert.deepEqual(
      [parsed.running, parsed.workers, parsed.in_flight, parsed.speed, parsed.last_error],
      [true, 5, 5, 3.33, newer.message],
    );
    assert.deepEqual([parsed.queue_pending, parsed.queue_dead], [2, 1]);
    assert.deepEqual(
      parsed.nodes.map(({ node, lost }) => [node, lost]),
      [["a", false], ["b", false], ["silent", true], ["w", false]],
    );
  },

  async "a lost node's articles count as in flight until another node rescues them"(
    { queue, pass },
  ) {
    await queue.place(placement({ pending: [1, 2, 3] }));
    await queue.report(report({ node: "silent", in_flight: 800 }), TODAY, 50, true);
    await queue.take("silent", 2);
    await pass(3_500);
    const read = async () =>
      parseProcessorStatus(
        (await queue.report(report({ in_flight: 5, detail: { restarts: 4 } }), TODAY, 50, true))
          .status,
      );
    const lost = await read();
    assert.deepEqual([lost.in_flight, lost.held_by_lost, lost.worker_restarts], [7, 2, 4]);
    const row = lost.nodes.find(({ node }) => node === "silent");
    assert.equal(row?.in_flight, 2);
    const left = (row?.lease_until ?? 0) - lost.at;
    assert.ok(left > 20_000 && left <= 26_500, `the lease expires in ${left} ms`);
    await pass(27_000);
    await queue.rescue();
    const after = await read();
    assert.deepEqual([after.in_flight, after.held_by_lost], [5, 0]);
    assert.deepEqual(
      after.nodes.map(({ node, in_flight, lease_until }) => [node, in_flight, lease_until]),
      [["a", 5, null], ["silent", 0, null]],
    );
  },

  async "a web node alone does not count as running"({ queue }) {
    const { status } = await queue.report(report({ role: "web", workers: 0 }), TODAY, 50, true);
    assert.equal(parseProcessorStatus(status).running, false);
  },

  async "a node's details are delivered unchanged, and cannot forge its row"(
    { queue },
  ) {
    const detail = {
      empty: [],
      none: null,
      nested: { big: 9007199254740991, list: [{ a: {} }] },
      lost: true,
      seen_at: 1,
      node: "forged",
      settings: ',"node":"forged"',
    };
    const { status } = await queue.report(report({ detail }), TODAY, 50, true);
    const { cluster } = parseProcessorStatus(status);
    assert.deepEqual(cluster?.settings, { [detail.settings]: 1 });
    const [row] = parseProcessorStatus(status).nodes;
    assert.deepEqual([row?.empty, row?.none, row?.nested], [[], null, detail.nested]);
    assert.deepEqual([row?.node, row?.lost, row?.seen_at === 1], ["a", false, false]);
  },

  async "leave() removes the node immediately"({ queue }) {
    await queue.report(report({}), TODAY, 50, true);
    await queue.leave("a");
    assert.deepEqual(
      parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status).nodes,
      [],
    );
  },

  async "report() renews the lease of a node with articles in flight"({ queue, pass }) {
    await queue.place(placement({ pending: [1] }));
    await queue.take("a", 1);
    await pass(25_000);
    await queue.report(report({ in_flight: 1 }), TODAY, 50, true);
    await pass(25_000);
    assert.deepEqual(await queue.rescue(), []);
    await pass(6_000);
    assert.deepEqual(await queue.rescue(), [{ node: "a", ids: 1 }]);
  },

  async "what an idle node still holds, as after a lost reply, is rescued"({ queue, pass }) {
    await queue.place(placement({ pending: [1] }));
    await queue.take("a", 1);
    await pass(25_000);
    await queue.report(report({ in_flight: 0 }), TODAY, 50, true);
    await pass(6_000);
    assert.deepEqual(await queue.rescue(), [{ node: "a", ids: 1 }]);
  },

  async "a change is published immediately, and an unchanged state only after a second"(
    { queue, published, pass },
  ) {
    const first = await queue.report(report({ workers: 1 }), TODAY, 50, true);
    await pass(100);
    const same = await queue.report(report({ workers: 1, detail: { memory: 5 } }), TODAY, 50, true);
    assert.deepEqual([first.published, same.published, same.waitMs], [true, false, 0]);
    await pass(1_000);
    const beat = await queue.report(report({ workers: 1 }), TODAY, 50, true);
    const changed = await queue.report(report({ workers: 2 }), TODAY, 0, true);
    assert.deepEqual([beat.published, changed.published], [true, true]);
    assert.deepEqual(await published(), [first.status, beat.status, changed.status]);
    const numbers = (await published()).map((status) => parseProcessorStatus(status).seq);
    assert.deepEqual(numbers, [0, 1, 2].map((more) => numbers[0]! + more));
  },

  async "a heartbeat with changes waits until the last status is a second old"(
    { queue, pass },
  ) {
    await queue.report(report({ speed: 2 }), TODAY, 50, true);
    await pass(500);
    const early = await queue.report(report({ speed: 1 }), TODAY, 50, false);
    assert.deepEqual([early.published, early.waitMs], [false, 0]);
    await pass(500);
    assert.ok((await queue.report(report({ speed: 1 }), TODAY, 50, false)).published);
  },

  async "a node's new settings version or pause is published immediately"({ queue, pass }) {
    const details = [{ settings: "a" }, { settings: "b" }, { settings: "b", paused: true }];
    for (const detail of details) {
      const { published } = await queue.report(report({ detail }), TODAY, 50, true);
      assert.ok(published, JSON.stringify(detail));
      await pass(100);
    }
  },

  async "after a quiet period, a change is published immediately after a heartbeat"(
    { queue, pass },
  ) {
    await queue.report(report({ in_flight: 1 }), TODAY, 60_000, true);
    await pass(120_000);
    const beat = await queue.report(report({ in_flight: 1 }), TODAY, 60_000, true);
    await pass(10);
    const news = await queue.report(report({ in_flight: 2 }), TODAY, 60_000, true);
    assert.deepEqual([beat.published, news.published], [true, true]);
  },

  async "two nodes share one rate limit, and the last state is published"(
    { queue, published, pass },
  ) {
    const first = await queue.report(report({ node: "a" }), TODAY, 60_000, true);
    const onTop = await queue.report(report({ node: "b", in_flight: 1 }), TODAY, 60_000, true);
    assert.deepEqual([first.published, onTop.published], [true, true]);
    await pass(10);
    const early = await queue.report(report({ node: "b", in_flight: 2 }), TODAY, 60_000, true);
    assert.equal(early.published, false);
    assert.ok(early.waitMs > 50_000 && early.waitMs <= 60_000, `It is ${early.waitMs}.`);
    const alsoEarly = await queue.report(report({ node: "a", in_flight: 3 }), TODAY, 60_000, true);
    assert.equal(alsoEarly.published, false);
    await pass(alsoEarly.waitMs);
    const last = await queue.report(null, TODAY, 60_000, true);
    assert.deepEqual([last.published, last.waitMs], [true, 0]);
    assert.equal((await published()).at(-1), last.status);
    const next = await queue.report(report({ node: "a", in_flight: 4 }), TODAY, 60_000, true);
    assert.equal(next.published, false, "no second burst without a pause");
  },

  async "counters increase to the tally, and a repeated or older tally is ignored"({ queue }) {
    const later = tally({ processed: 10, failed: 2, retried: 1, elapsedMs: 25.5 });
    assert.equal((await queue.totals()).updatedAt, null);
    await queue.settle("a", placement({}), tally({ processed: 4, elapsedMs: 10 }));
    await queue.settle("a", placement({}), later);
    await queue.settle("a", placement({}), later);
    await queue.settle("a", placement({}), tally({ processed: 4, elapsedMs: 10 }));
    await queue.settle("b", placement({}), tally({ node: "b", processed: 5, day: "20260712" }));
    const { updatedAt, ...totals } = await queue.totals();
    assert.deepEqual(totals, { processed: 15, failed: 2, retried: 1, elapsedMs: 25.5 });
    assert.ok(updatedAt !== null && Math.abs(updatedAt - Date.now()) < 120_000);
    const status = parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status);
    assert.deepEqual(
      [status.processed_total, status.processed_today, status.failed_total, status.retried_total],
      [15, 10, 3, 1],
    );
    assert.equal(status.avg_processing_ms, 1.7);
  },

  async "restoreTotals() corrects the counters, whatever was counted in the meantime"(
    { queue },
  ) {
    const older = { processed: 100, failed: 10, retried: 5, elapsedMs: 1_000 };
    const kept = [
      tally({ processed: 10, failed: 1, elapsedMs: 50 }),
      tally({ node: "b", processed: 20 }),
      tally({ day: "20260712", processed: 30 }),
    ];
    await queue.settle("a", placement({}), tally({ processed: 12, failed: 1, elapsedMs: 60 }));
    await queue.settle("c", placement({}), tally({ node: "c", processed: 1 }));
    await queue.restoreTotals(older, kept);
    await queue.restoreTotals(older, kept);
    const { updatedAt: _, ...totals } = await queue.totals();
    assert.deepEqual(totals, { processed: 163, failed: 11, retried: 5, elapsedMs: 1_060 });
    await queue.settle("a", placement({}), tally({ processed: 13, failed: 1, elapsedMs: 60 }));
    assert.equal((await queue.totals()).processed, 164);
    const status = parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status);
    assert.equal(status.processed_today, 34);
  },
};
