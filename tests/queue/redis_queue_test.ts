import assert from "node:assert/strict";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { eventually } from "../support/eventually.ts";
import { testOnRedis, withRedis } from "../support/redis.ts";
import { startRedisCluster } from "../support/redis_cluster.ts";
import { placement, queueContract } from "./queue_contract.ts";
import { createRedisSubject } from "./redis_subject.ts";
import { nodeListContract } from "./node_list_contract.ts";
import { statusContract } from "./status_contract.ts";

const PREFIX = "{millrace}:";

for (
  const [name, run] of Object.entries({ ...queueContract, ...statusContract, ...nodeListContract })
) {
  testOnRedis(`on Redis: ${name}`, async (server) => {
    await using subject = await createRedisSubject(server.url, "");
    await run(subject);
  });
}

Deno.test({
  ...withRedis("on a Redis Cluster of three nodes, the contract holds on every node"),
  async fn(t) {
    await using cluster = await startRedisCluster();
    const owner = await cluster.ownerOf(PREFIX);
    let connections = 0;
    for (
      const [name, run] of Object.entries({
        ...queueContract,
        ...statusContract,
        ...nodeListContract,
      })
    ) {
      await t.step(name, async () => {
        const { url } = cluster.nodes[connections++ % 3]!;
        await using subject = await createRedisSubject(url, PREFIX);
        await run(subject);
        await owner.command("FLUSHALL");
      });
    }
    await t.step("a moved slot is followed", async () => {
      await using subject = await createRedisSubject(owner.url, PREFIX);
      assert.deepEqual(await subject.queue.take("a", 1), []);
      const target = cluster.nodes.find((node) => node !== owner)!;
      await cluster.moveSlot(PREFIX, target);
      await assert.rejects(subject.queue.counts(), BrokerUnreachableError);
      await eventually(() => subject.queue.place(placement({ pending: [1] })));
      assert.equal(await target.command("LLEN", `${PREFIX}pending:articles`), 1);
    });
    await t.step("a prefix without a hash tag is rejected with a message", async () => {
      await assert.rejects(connectRedis(owner.url, { prefix: "millrace:" }), /no hash tag/);
    });
  },
});
