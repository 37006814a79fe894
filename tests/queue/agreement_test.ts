import assert from "node:assert/strict";
import fc from "fast-check";
import { createMemoryQueue } from "../../lib/queue/memory_queue.ts";
import type { Queue } from "../../lib/queue/queue.ts";
import { testOnRedis } from "../support/redis.ts";
import { createRedisSubject } from "./redis_subject.ts";

const DUE = -60_000;
const NOT_DUE = 9e15;

const id = fc.integer({ min: 1, max: 30 });
const ids = fc.uniqueArray(id, { maxLength: 8 });
const node = fc.constantFrom("a", "b");
const where = fc.record({
  pending: ids,
  retry: fc.uniqueArray(
    fc.record({ id, dueInMs: fc.constantFrom(DUE, NOT_DUE), tries: fc.constant(1) }),
    { maxLength: 5, selector: (each) => each.id },
  ),
  dead: fc.uniqueArray(fc.record({ id, diedAt: fc.constant(5) }), {
    maxLength: 5,
    selector: (each) => each.id,
  }),
  gone: ids,
});

/** One step; where the order is unspecified, everything is taken. */
const step = fc.oneof(
  where.map((to) => (queue: Queue) => queue.place(to)),
  node.map((name) => async (queue: Queue) => (await queue.take(name, 1_000)).toSorted()),
  fc.tuple(node, where).map(([name, to]) => (queue: Queue) => queue.settle(name, to, null)),
  node.map((name) => (queue: Queue) => queue.requeueActive(name)),
);

testOnRedis(
  "the in-memory queue and the Redis queue agree after any steps",
  async (server) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        await server.command("FLUSHALL");
        await using subject = await createRedisSubject(server.url, "");
        await using memory = createMemoryQueue({ publish: () => {} });
        for (const apply of steps) {
          assert.deepEqual(await apply(subject.queue), await apply(memory));
          assert.deepEqual(await subject.queue.counts(), await memory.counts());
        }
        assert.deepEqual(await subject.queue.members(), await memory.members());
      }),
      { numRuns: 60 },
    );
  },
);
