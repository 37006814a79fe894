import assert from "node:assert/strict";
import { createRedisQueue } from "../../lib/queue/redis.ts";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { connectRedis } from "../../lib/runtime/redis_connection.ts";
import { parseProcessorStatus } from "../../lib/status/processor_status.ts";
import { hasRedis, type RedisServer, startRedis } from "../support/redis.ts";
import { startRedisCluster } from "../support/redis_cluster.ts";
import { placement, queueContract } from "./queue_contract.ts";
import { createRedisSubject } from "./redis_subject.ts";
import { statusContract } from "./status_contract.ts";

const PREFIX = "{millrace}:";
const ignore = !hasRedis;
if (ignore) console.warn("redis-server is missing: the tests of the queue on Redis are skipped.");

for (const [name, run] of Object.entries({ ...queueContract, ...statusContract })) {
  Deno.test({
    name: `on Redis: ${name}`,
    ignore,
    async fn() {
      await using server = await startRedis();
      await using subject = await createRedisSubject(server.url, "");
      await run(subject);
    },
  });
}

Deno.test({
  name: "on a Redis Cluster of three nodes every promise holds, whichever node is asked",
  ignore,
  async fn(t) {
    await using cluster = await startRedisCluster();
    const owner = await cluster.ownerOf(PREFIX);
    let asked = 0;
    for (const [name, run] of Object.entries({ ...queueContract, ...statusContract })) {
      await t.step(name, async () => {
        const { url } = cluster.nodes[asked++ % 3]!;
        await using subject = await createRedisSubject(url, PREFIX);
        await run(subject);
        await owner.command("FLUSHALL");
      });
    }
    await t.step("a slot that moves to another node is followed", async () => {
      await using subject = await createRedisSubject(owner.url, PREFIX);
      assert.deepEqual(await subject.queue.take("a", 1), []);
      const target = cluster.nodes.find((node) => node !== owner)!;
      await cluster.moveSlot(PREFIX, target);
      await assert.rejects(subject.queue.counts(), BrokerUnreachableError);
      await eventually(() => subject.queue.place(placement({ pending: [1] })));
      assert.equal(await target.command("LLEN", `${PREFIX}pending:articles`), 1);
    });
    await t.step("a prefix without a hash tag is refused with a sentence", async () => {
      await assert.rejects(connectRedis(owner.url, { prefix: "millrace:" }), /no hash tag/);
    });
  },
});

/** Repeats a call that fails while the broker is away, for ten seconds at most. */
async function eventually<T>(call: () => Promise<T>): Promise<T> {
  for (const started = Date.now();;) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof BrokerUnreachableError) || Date.now() - started > 10_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }
}

function testOnRedis(name: string, run: (server: RedisServer) => Promise<void>) {
  Deno.test({
    name: `on Redis: ${name}`,
    ignore,
    async fn() {
      await using server = await startRedis();
      await run(server);
    },
  });
}
