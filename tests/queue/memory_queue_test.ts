import assert from "node:assert/strict";
import { createMemoryQueue } from "../../lib/queue/memory_queue.ts";
import { placement, queueContract, type Subject } from "./queue_contract.ts";
import { nodeListContract } from "./node_list_contract.ts";
import { statusContract } from "./status_contract.ts";

function createSubject(): Subject {
  const published: string[] = [];
  let passed = 0;
  const queue = createMemoryQueue({
    publish: (status) => void published.push(status),
    now: () => Date.now() + passed,
  });
  return {
    queue,
    published: () => Promise.resolve([...published]),
    pass: (ms) => Promise.resolve(void (passed += ms)),
    [Symbol.asyncDispose]: () => queue[Symbol.asyncDispose](),
  };
}

for (
  const [name, run] of Object.entries({ ...queueContract, ...statusContract, ...nodeListContract })
) {
  Deno.test(`in memory: ${name}`, async () => {
    await using subject = createSubject();
    await run(subject);
  });
}

Deno.test("in memory: taking a batch is O(1) in the number of pending ids", async () => {
  await using subject = createSubject();
  const { queue } = subject;
  await queue.place(placement({ pending: Array.from({ length: 1_000_000 }, (_, i) => i + 1) }));
  const started = performance.now();
  for (let batch = 0; batch < 1_000; batch++) {
    const taken = await queue.take("a", 50);
    await queue.settle("a", placement({ gone: taken }), null);
  }
  const tookMs = performance.now() - started;
  assert.equal((await queue.counts()).pending, 950_000);
  assert.ok(tookMs < 5_000, `A thousand batches took ${tookMs} ms.`);
});
