import assert from "node:assert/strict";
import type { Placement, Queue } from "../../lib/queue/queue.ts";

/** An empty queue under test, with hooks for the tests. */
export interface Subject extends AsyncDisposable {
  queue: Queue;
  /** All statuses published so far. */
  published(): Promise<string[]>;
  /** Advances the queue's clock by `ms`. */
  pass(ms: number): Promise<void>;
}

/** The contract of every queue; each test gets a new subject. */
export type Contract = Record<string, (subject: Subject) => Promise<void>>;

export function placement(some: Partial<Placement>): Placement {
  return { pending: [], retry: [], dead: [], gone: [], ...some };
}

export const queueContract: Contract = {
  async "take() returns no ids when the queue is empty"({ queue }) {
    assert.deepEqual(await queue.take("a", 10), []);
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 0, active: 0 });
  },

  async "take() returns up to the given number of oldest ids and marks them active"(
    { queue },
  ) {
    await queue.place(placement({ pending: [1, 2, 3] }));
    await queue.place(placement({ pending: [4] }));
    assert.deepEqual(await queue.take("a", 3), [1, 2, 3]);
    assert.deepEqual(await queue.counts(), { pending: 1, retry: 0, dead: 0, active: 3 });
    assert.deepEqual(await queue.take("b", 3), [4]);
    assert.deepEqual(await queue.take("a", 0), []);
  },

  async "an id that is already active on the node is not taken again"({ queue }) {
    await queue.place(placement({ pending: [1] }));
    await queue.take("a", 1);
    await queue.place(placement({ pending: [1, 2] }));
    assert.deepEqual(await queue.take("a", 10), [2]);
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 0, active: 2 });
  },

  async "an id that is queued twice is taken once"({ queue }) {
    await queue.place(placement({ pending: [7] }));
    await queue.place(placement({ pending: [7] }));
    assert.deepEqual(await queue.take("a", 10), [7]);
  },

  async "ids up to Number.MAX_SAFE_INTEGER are exact"({ queue }) {
    const largest = Number.MAX_SAFE_INTEGER;
    await queue.place(placement({ pending: [largest, largest - 1] }));
    assert.deepEqual(await queue.take("a", 2), [largest, largest - 1]);
    await queue.settle("a", placement({ dead: [{ id: largest, diedAt: 1 }] }), null);
    const { waiting, dead } = await queue.members();
    assert.deepEqual([waiting, dead], [new Set([largest - 1]), new Set([largest])]);
  },

  async "a retry is taken only once it is due"({ queue, pass }) {
    const soon = 60_000;
    await queue.place(placement({ retry: [{ id: 1, dueInMs: soon, tries: 1 }] }));
    assert.deepEqual(await queue.take("a", 10), []);
    await pass(61_000);
    assert.deepEqual(await queue.take("a", 10), [1]);
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 0, active: 1 });
  },

  async "settle() moves each id to its target"({ queue }) {
    await queue.place(placement({ pending: [1, 2, 3, 4] }));
    await queue.take("a", 4);
    await queue.settle(
      "a",
      {
        pending: [1],
        retry: [{ id: 2, dueInMs: 60_000, tries: 1 }],
        dead: [{ id: 3, diedAt: Date.now() }],
        gone: [4],
      },
      null,
    );
    assert.deepEqual(await queue.counts(), { pending: 1, retry: 1, dead: 1, active: 0 });
    const { waiting, retry, dead } = await queue.members();
    assert.deepEqual([waiting, retry, dead], [new Set([1]), new Set([2]), new Set([3])]);
  },

  async "settle() is idempotent after a crash"({ queue }) {
    await queue.place(placement({ pending: [1, 2] }));
    await queue.take("a", 2);
    const settled = placement({ pending: [1], dead: [{ id: 2, diedAt: 5 }] });
    await queue.settle("a", settled, null);
    const before = await queue.counts();
    await queue.settle("a", settled, null);
    assert.deepEqual(await queue.counts(), before);
  },

  async "settle() skips ids that another node has taken"({ queue, pass }) {
    await queue.place(placement({ pending: [1, 2] }));
    await queue.take("slow", 2);
    await pass(31_000);
    await queue.rescue();
    await queue.take("quick", 1);
    await queue.settle("slow", placement({ dead: [{ id: 1, diedAt: 1 }], gone: [2] }), null);
    assert.deepEqual(await queue.counts(), { pending: 1, retry: 0, dead: 0, active: 1 });
  },

  async "place() keeps each id in one list only"({ queue }) {
    const dueInMs = 60_000;
    await queue.place(placement({ retry: [{ id: 1, dueInMs, tries: 1 }] }));
    await queue.place(placement({ dead: [{ id: 1, diedAt: 5 }, { id: 2, diedAt: 5 }] }));
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 2, active: 0 });
    await queue.place(placement({ retry: [{ id: 2, dueInMs, tries: 1 }] }));
    await queue.place(placement({ pending: [1, 1, 2] }));
    assert.deepEqual(await queue.counts(), { pending: 2, retry: 0, dead: 0, active: 0 });
    await queue.place(placement({ dead: [{ id: 3, diedAt: 5 }] }));
    await queue.place(placement({ gone: [3] }));
    assert.equal((await queue.counts()).dead, 0);
  },

  async "reconcile() requeues active ids that the node does not have, at the front"({ queue }) {
    await queue.place(placement({ pending: [1, 2, 3, 4] }));
    await queue.take("a", 3);
    assert.equal(await queue.reconcile("a", [1, 2, 3, 9]), 0);
    assert.equal(await queue.reconcile("a", [2]), 2);
    assert.deepEqual(await queue.counts(), { pending: 3, retry: 0, dead: 0, active: 1 });
    assert.deepEqual((await queue.take("b", 2)).toSorted(), [1, 3]);
    assert.equal(await queue.reconcile("a", []), 1);
    assert.equal(await queue.reconcile("c", []), 0);
  },

  async "requeueActive() requeues a node's active ids at the front"({ queue }) {
    await queue.place(placement({ pending: [1, 2, 3] }));
    await queue.take("a", 2);
    assert.equal(await queue.requeueActive("a"), 2);
    assert.equal(await queue.requeueActive("a"), 0);
    assert.deepEqual(new Set(await queue.take("b", 2)), new Set([1, 2]));
  },

  async "rescue() requeues only the ids of nodes whose lease has expired"(
    { queue, pass },
  ) {
    await queue.place(placement({ pending: [1, 2, 3] }));
    await queue.take("gone", 2);
    await pass(20_000);
    await queue.take("alive", 1);
    assert.deepEqual(await queue.rescue(), []);
    await pass(11_000);
    assert.deepEqual(await queue.rescue(), [{ node: "gone", ids: 2 }]);
    assert.deepEqual(await queue.rescue(), []);
    assert.deepEqual(new Set(await queue.take("alive", 5)), new Set([1, 2]));
  },

  async "leave() rejects a node with active articles"({ queue }) {
    await queue.place(placement({ pending: [1] }));
    await queue.take("a", 1);
    await assert.rejects(queue.leave("a"), /a leave: it still holds 1/);
    await queue.requeueActive("a");
    await queue.leave("a");
  },

  async "members() returns all ids in every list"({ queue }) {
    const dueInMs = 60_000;
    await queue.place(placement({ pending: [1, 2] }));
    await queue.place(
      placement({ retry: [{ id: 3, dueInMs, tries: 1 }], dead: [{ id: 4, diedAt: 5 }] }),
    );
    await queue.take("a", 1);
    const { waiting, retry, dead } = await queue.members();
    assert.deepEqual(waiting, new Set([1, 2]));
    assert.deepEqual(retry, new Set([3]));
    assert.deepEqual(dead, new Set([4]));
  },

  async "a new broker is cold until it is marked warm"({ queue }) {
    const epoch = await queue.coldEpoch();
    assert.ok(epoch);
    await queue.markWarm(epoch);
    assert.equal(await queue.coldEpoch(), null);
  },

  async "withLock() runs one callback per name at a time"(
    { queue },
  ) {
    const ran: string[] = [];
    const first = await queue.withLock("work", async () => {
      const second = await queue.withLock("work", () => Promise.resolve(void ran.push("same")));
      const other = await queue.withLock("else", () => Promise.resolve(void ran.push("else")));
      assert.deepEqual([second, other], [false, true]);
      ran.push("first");
    });
    assert.equal(first, true);
    assert.equal(await queue.withLock("work", () => Promise.resolve()), true);
    assert.deepEqual(ran, ["else", "first"]);
  },

  async "withLock() rethrows errors and releases the lock"({ queue }) {
    const failure = new Error("It failed.");
    await assert.rejects(queue.withLock("work", () => Promise.reject(failure)), failure);
    assert.equal(await queue.withLock("work", () => Promise.resolve()), true);
  },

  async "100,000 ids are placed, taken, settled, retried and cleared"({ queue }) {
    const ids = Array.from({ length: 100_000 }, (_, i) => i + 1);
    await queue.place(placement({ pending: ids }));
    for (;;) {
      const taken = await queue.take("a", 5_000);
      if (taken.length === 0) break;
      await queue.settle(
        "a",
        placement({ retry: taken.map((id) => ({ id, dueInMs: 9e15, tries: 1 })) }),
        null,
      );
    }
    assert.equal((await queue.counts()).retry, 100_000);
    assert.equal((await queue.members()).retry.size, 100_000);
    await queue.place(placement({ pending: ids }));
    assert.deepEqual(await queue.counts(), { pending: 100_000, retry: 0, dead: 0, active: 0 });
    await queue.place(placement({ dead: ids.map((id) => ({ id, diedAt: id })) }));
    await queue.place(placement({ gone: ids }));
    assert.equal((await queue.counts()).dead, 0);
  },

  async "remove() takes ids out of every place and leaves the others in their order"({ queue }) {
    await queue.place(placement({ pending: [1, 2] }));
    assert.deepEqual(await queue.take("a", 2), [1, 2]);
    await queue.place(placement({
      pending: Array.from({ length: 12_000 }, (_, i) => i + 11),
      retry: [3, 4].map((id) => ({ id, dueInMs: 60_000, tries: 1 })),
      dead: [5, 6].map((id) => ({ id, diedAt: 1 })),
    }));
    await queue.remove([1, 3, 5, 7, 11, 13, 12_010]);
    assert.deepEqual(await queue.counts(), { pending: 11_997, retry: 1, dead: 1, active: 1 });
    assert.deepEqual(await queue.take("b", 3), [12, 14, 15]);
  },

  async "the newest commits only rise until they are rewound, with the counts"({ queue }) {
    assert.deepEqual(await queue.newestCommits(), { settlement: 0, note: 0 });
    await queue.place(placement({ pending: [1], commits: { note: 12 } }));
    await queue.place(placement({ pending: [2], commits: { note: 9 } }));
    await queue.take("a", 2);
    const added = { processed: 2, failed: 0, retried: 0, elapsedMs: 4 };
    const tally = { node: "a", day: "20260101", ...added, added };
    await queue.settle("a", placement({ gone: [1, 2], commits: { settlement: 100 } }), tally);
    assert.deepEqual(await queue.newestCommits(), { settlement: 100, note: 12 });
    await queue.rewind({ settlement: 50, note: 10 }, ["20260101"]);
    assert.deepEqual(await queue.newestCommits(), { settlement: 50, note: 10 });
    const before = { processed: 0, failed: 0, retried: 0, elapsedMs: 0 };
    await queue.restoreTotals(before, [{ ...tally, processed: 1 }]);
    const { processed } = await queue.totals();
    assert.equal(processed, 1);
  },
};
