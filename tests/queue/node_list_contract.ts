import assert from "node:assert/strict";
import type { NodeReport } from "../../lib/queue/queue.ts";
import { sumNodes } from "../../lib/wire/cluster_sums.ts";
import { nodeStatus, parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import { type Contract, placement } from "./queue_contract.ts";
import { report, TODAY } from "./status_contract.ts";

/** The contract of every queue's node list. */
export const nodeListContract: Contract = {
  async "a silent node is shown as lost for a minute"({ queue, pass }) {
    await queue.claim("a", "here");
    await queue.report(report({}), TODAY, 50, true);
    await pass(59_000);
    const before = parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status);
    assert.deepEqual(before.nodes.map(({ lost }) => lost), [true]);
    assert.equal(before.running, false);
    await pass(2_000);
    const after = parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status);
    assert.deepEqual(after.nodes, []);
    assert.ok(await queue.claim("a", "elsewhere"));
    await queue.report(report({}), TODAY, 50, true);
    const back = parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status);
    assert.deepEqual(back.nodes.map(({ lost }) => lost), [false]);
  },

  async "a heartbeat publishes the loss of a node immediately, once"({ queue, pass }) {
    const beat = async () => {
      const reply = await queue.report(report({ node: "b" }), TODAY, 50, false);
      const lost = reply.status === "" ? [] : parseProcessorStatus(reply.status).nodes;
      return [reply.published, lost.filter(({ lost }) => lost).length];
    };
    await queue.report(report({ node: "a" }), TODAY, 50, true);
    await pass(500);
    await queue.report(report({ node: "b" }), TODAY, 50, true);
    await pass(1_000);
    assert.deepEqual(await beat(), [true, 0], "the regular status");
    await pass(400);
    assert.equal((await beat())[0], false);
    await pass(200);
    assert.deepEqual(await beat(), [true, 1], "the node has been silent for 2.1 s");
    await pass(200);
    assert.equal((await beat())[0], false);
  },

  async "a lost node with active articles stays listed until another node rescues them"(
    { queue, pass },
  ) {
    await queue.place(placement({ pending: [1, 2] }));
    await queue.report(report({}), TODAY, 50, true);
    await queue.take("a", 2);
    await pass(3_600_000);
    const read = async () =>
      parseProcessorStatus((await queue.report(null, TODAY, 50, true)).status);
    const holding = await read();
    assert.deepEqual([holding.in_flight, holding.held_by_lost, holding.nodes.length], [2, 2, 1]);
    await queue.rescue();
    const after = await read();
    assert.deepEqual([after.in_flight, after.held_by_lost, after.nodes], [0, 0, []]);
  },

  async "the status sums the reports of all nodes, including partial ones"(
    { queue, pass },
  ) {
    const stages = { load_ms: 1, clean_ms: 2.5, annotate_ms: 3, save_ms: 4, restart_ms: 5 };
    const details = [
      {
        settings: "a",
        stages,
        oldest_at: 9,
        quarantine: [{}, {}],
        alerts: { firing: 2, browser: 0 },
      },
      { settings: "b", stages, oldest_at: 7, quarantine: [], alerts: { firing: 1, browser: 1 } },
      { settings: "a", oldest_at: null, quarantine: [{}] },
      {},
    ];
    await queue.report(report({ node: "lost", detail: details[0]! }), TODAY, 50, true);
    await pass(3_500);
    for (const [i, detail] of details.entries()) {
      await queue.report(
        report({ node: `n${i}`, role: i === 3 ? "web" : "all", detail }),
        TODAY,
        50,
        true,
      );
    }
    const { status } = await queue.report(null, TODAY, 50, true);
    const { cluster, nodes } = parseProcessorStatus(status);
    assert.deepEqual(cluster, {
      live: 4,
      lost: 1,
      processing: 3,
      quarantined: 3,
      oldest_at: 7,
      stages: { load_ms: 2, clean_ms: 5, annotate_ms: 6, save_ms: 8, restart_ms: 10 },
      settings: { a: 2, b: 1 },
      alerts: { firing: 2, browser: 1 },
    });
    assert.deepEqual(cluster, sumNodes(nodes));
  },

  async "with many nodes, the status lists those that need attention, and nodes() lists all"(
    { queue, pass },
  ) {
    await queue.place(placement({ pending: [1] }));
    const name = (i: number) => `node-${i}`;
    const rows = Array.from(
      { length: 32 },
      (_, id) => ({ id, state: "idle", since: 1, note: "x".repeat(16) }),
    );
    const details: Record<number, NodeReport["detail"]> = {
      190: { paused: true },
      180: { clock_off_ms: 5_000 },
      170: { outages: ["database"] },
    };
    for (const i of [160, 150]) {
      await queue.report(report({ node: name(i) }), TODAY, 50, false);
    }
    await queue.take(name(160), 1);
    await pass(3_500);
    for (let i = 100; i < 200; i++) {
      if (i === 160 || i === 150) continue;
      const detail = { rows, ...details[i] };
      await queue.report(report({ node: name(i), detail }), TODAY, 50, false);
    }
    const { status } = await queue.report(null, TODAY, 50, true);
    const { cluster, nodes, workers } = parseProcessorStatus(status);
    assert.ok(new TextEncoder().encode(status).length < 100_000);
    assert.deepEqual([cluster?.live, cluster?.lost, workers], [98, 2, 196]);
    const listed = nodes.map(({ node }) => node);
    assert.ok(listed.length > 20 && listed.length <= 50, `${listed.length} are listed`);
    const others = Array.from({ length: listed.length - 5 }, (_, i) => name(100 + i));
    assert.deepEqual(listed, [...others, ...[150, 160, 170, 180, 190].map(name)]);
    const all = (await queue.nodes()).map((row) => nodeStatus.parse(JSON.parse(row)));
    assert.equal(all.length, 100);
    const of = (node: string) => all.find((each) => each.node === node);
    for (const row of nodes) assert.deepEqual(of(row.node), row);
  },
};
