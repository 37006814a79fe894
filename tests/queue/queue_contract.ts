import assert from "node:assert/strict";
import type { Placement, Queue } from "../../lib/queue/queue.ts";

/** A queue under test, empty, with what the tests need to see and do beside it. */
export interface Subject extends AsyncDisposable {
  queue: Queue;
  /** Every status that was published so far. */
  published(): Promise<string[]>;
  /** Makes it so that `ms` have passed since all that happened. */
  pass(ms: number): Promise<void>;
}

/** What every queue must do; each test is given a new subject. */
export type Contract = Record<string, (subject: Subject) => Promise<void>>;

export function placement(some: Partial<Placement>): Placement {
  return { pending: [], retry: [], dead: [], gone: [], ...some };
}

export const queueContract: Contract = {
  async "take() answers nothing when the queue is empty"({ queue }) {
    assert.deepEqual(await queue.take("a", 10), []);
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 0, active: 0 });
  },

  async "take() answers the oldest ids first, as many as asked for, and keeps them active"(
    { queue },
  ) {
    await queue.place(placement({ pending: [1, 2, 3] }));
    await queue.place(placement({ pending: [4] }));
    assert.deepEqual(await queue.take("a", 3), [1, 2, 3]);
    assert.deepEqual(await queue.counts(), { pending: 1, retry: 0, dead: 0, active: 3 });
    assert.deepEqual(await queue.take("b", 3), [4]);
    assert.deepEqual(await queue.take("a", 0), []);
  },

  async "an id that the node holds already is not taken a second time"({ queue }) {
    await queue.place(placement({ pending: [1] }));
    await queue.take("a", 1);
    await queue.place(placement({ pending: [1, 2] }));
    assert.deepEqual(await queue.take("a", 10), [2]);
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 0, active: 2 });
  },

  async "an id that waits twice is taken once"({ queue }) {
    await queue.place(placement({ pending: [7] }));
    await queue.place(placement({ pending: [7] }));
    assert.deepEqual(await queue.take("a", 10), [7]);
  },

  async "ids as large as JavaScript can count keep their digits"({ queue }) {
    const largest = Number.MAX_SAFE_INTEGER;
    await queue.place(placement({ pending: [largest, largest - 1] }));
    assert.deepEqual(await queue.take("a", 2), [largest, largest - 1]);
    await queue.settle("a", placement({ dead: [{ id: largest, diedAt: 1 }] }), null);
    const { waiting, dead } = await queue.members();
    assert.deepEqual([waiting, dead], [new Set([largest - 1]), new Set([largest])]);
  },

  async "a retry is taken once it is due, not before"({ queue, pass }) {
    const soon = Date.now() + 60_000;
    await queue.place(placement({ retry: [{ id: 1, dueAt: soon, tries: 1 }] }));
    assert.deepEqual(await queue.take("a", 10), []);
    await pass(61_000);
    assert.deepEqual(await queue.take("a", 10), [1]);
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 0, active: 1 });
  },

  async "settle() places each id where it belongs"({ queue }) {
    await queue.place(placement({ pending: [1, 2, 3, 4] }));
    await queue.take("a", 4);
    await queue.settle(
      "a",
      {
        pending: [1],
        retry: [{ id: 2, dueAt: Date.now() + 60_000, tries: 1 }],
        dead: [{ id: 3, diedAt: Date.now() }],
        gone: [4],
      },
      null,
    );
    assert.deepEqual(await queue.counts(), { pending: 1, retry: 1, dead: 1, active: 0 });
    const { waiting, retry, dead } = await queue.members();
    assert.deepEqual([waiting, retry, dead], [new Set([1]), new Set([2]), new Set([3])]);
  },

  async "settle() repeated after a crash changes nothing"({ queue }) {
    await queue.place(placement({ pending: [1, 2] }));
    await queue.take("a", 2);
    const settled = placement({ pending: [1], dead: [{ id: 2, diedAt: 5 }] });
    await queue.settle("a", settled, null);
    const before = await queue.counts();
    await queue.settle("a", settled, null);
    assert.deepEqual(await queue.counts(), before);
  },

  async "settle() leaves alone what another node holds by now"({ queue, pass }) {
    await queue.place(placement({ pending: [1, 2] }));
    await queue.take("slow", 2);
    await pass(31_000);
    await queue.rescue();
    await queue.take("quick", 1);
    await queue.settle("slow", placement({ dead: [{ id: 1, diedAt: 1 }], gone: [2] }), null);
    assert.deepEqual(await queue.counts(), { pending: 1, retry: 0, dead: 0, active: 1 });
  },

  async "place() leaves each id in one place only"({ queue }) {
    const dueAt = Date.now() + 60_000;
    await queue.place(placement({ retry: [{ id: 1, dueAt, tries: 1 }] }));
    await queue.place(placement({ dead: [{ id: 1, diedAt: 5 }, { id: 2, diedAt: 5 }] }));
    assert.deepEqual(await queue.counts(), { pending: 0, retry: 0, dead: 2, active: 0 });
    await queue.place(placement({ retry: [{ id: 2, dueAt, tries: 1 }] }));
    await queue.place(placement({ pending: [1, 1, 2] }));
    assert.deepEqual(await queue.counts(), { pending: 2, retry: 0, dead: 0, active: 0 });
    await queue.place(placement({ dead: [{ id: 3, diedAt: 5 }] }));
    await queue.place(placement({ gone: [3] }));
    assert.equal((await queue.counts()).dead, 0);
  },

  async "giveBack() returns what a node holds, to be taken next"({ queue }) {
    await queue.place(placement({ pending: [1, 2, 3] }));
    await queue.take("a", 2);
    assert.equal(await queue.giveBack("a"), 2);
    assert.equal(await queue.giveBack("a"), 0);
    assert.deepEqual(new Set(await queue.take("b", 2)), new Set([1, 2]));
  },

  async "rescue() returns the ids of a node whose lease has ended, and only those"(
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

  async "leave() refuses a node that still holds articles"({ queue }) {
    await queue.place(placement({ pending: [1] }));
    await queue.take("a", 1);
    await assert.rejects(queue.leave("a"), /a leave: it still holds 1/);
    await queue.giveBack("a");
    await queue.leave("a");
  },

  async "members() answers every id wherever it is"({ queue }) {
    const dueAt = Date.now() + 60_000;
    await queue.place(placement({ pending: [1, 2] }));
    await queue.place(
      placement({ retry: [{ id: 3, dueAt, tries: 1 }], dead: [{ id: 4, diedAt: 5 }] }),
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

  async "exclusively() runs one work of a name at a time, and the next when that is done"(
    { queue },
  ) {
    const ran: string[] = [];
    const first = await queue.exclusively("work", async () => {
      const second = await queue.exclusively("work", () => Promise.resolve(void ran.push("same")));
      const other = await queue.exclusively("else", () => Promise.resolve(void ran.push("else")));
      assert.deepEqual([second, other], [false, true]);
      ran.push("first");
    });
    assert.equal(first, true);
    assert.equal(await queue.exclusively("work", () => Promise.resolve()), true);
    assert.deepEqual(ran, ["else", "first"]);
  },

  async "exclusively() hands on what the work throws, and frees the name"({ queue }) {
    const failure = new Error("It failed.");
    await assert.rejects(queue.exclusively("work", () => Promise.reject(failure)), failure);
    assert.equal(await queue.exclusively("work", () => Promise.resolve()), true);
  },

  async "100,000 ids are placed, taken, settled, retried and cleared within seconds"({ queue }) {
    const ids = Array.from({ length: 100_000 }, (_, i) => i + 1);
    const started = performance.now();
    await queue.place(placement({ pending: ids }));
    for (;;) {
      const taken = await queue.take("a", 5_000);
      if (taken.length === 0) break;
      await queue.settle(
        "a",
        placement({ retry: taken.map((id) => ({ id, dueAt: 9e15, tries: 1 })) }),
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
    assert.ok(performance.now() - started < 20_000, "It took longer than twenty seconds.");
  },
};
