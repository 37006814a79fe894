import assert from "node:assert/strict";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { createRedisBus } from "../../lib/bus/redis_bus.ts";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { eventually } from "../support/eventually.ts";
import { type RedisServer, testOnRedis, withRedis } from "../support/redis.ts";
import { startRedisCluster } from "../support/redis_cluster.ts";
import { busContract, line, type Subject } from "./bus_contract.ts";

const PREFIX = "{millrace}:";

async function createSubject(url: string): Promise<Subject> {
  await using starting = new AsyncDisposableStack();
  const connection = starting.use(await connectRedis(url, { prefix: PREFIX }));
  const errors: Error[] = [];
  const onError = (error: Error) => void errors.push(error);
  const bus = starting.use(createRedisBus(connection, { onError }));
  const owner = starting.move();
  return { bus, errors, [Symbol.asyncDispose]: () => owner.disposeAsync() };
}

function testBus(name: string, run: (server: RedisServer, subject: Subject) => Promise<void>) {
  testOnRedis(`on Redis: ${name}`, async (server) => {
    await using subject = await createSubject(server.url);
    await run(server, subject);
  });
}

for (const [name, run] of Object.entries(busContract)) {
  testBus(name, (_, subject) => run(subject));
}

testBus(
  "other programs can publish and subscribe on channels with the prefix",
  async (server, { bus }) => {
    const received: string[] = [];
    await using _commands = await bus.subscribe(CHANNELS.commands, (m) => void received.push(m));
    await server.command("PUBLISH", "processor:commands", "without the prefix");
    await server.command("PUBLISH", `${PREFIX}processor:commands`, '{"action":"stop"}');
    await eventually(() => assert.deepEqual(received, ['{"action":"stop"}']));
    const numbers = await server.command("PUBSUB", "NUMSUB", `${PREFIX}processor:commands`);
    assert.deepEqual(numbers, [`${PREFIX}processor:commands`, 1]);
    await bus.appendLogs([line("one")]);
    assert.deepEqual(await server.command("KEYS", "*"), [`${PREFIX}processor:logs:recent`]);
  },
);

testBus(
  "what another program wrote in place of the log is passed over",
  async (server, { bus }) => {
    const key = `${PREFIX}processor:logs:recent`;
    const recent = async () =>
      (await bus.recentLogs({ limit: 10 })).lines.map(({ message }) => message);
    await bus.appendLogs([line("one")]);
    await server.command("LPUSH", key, "x", '{"id":1}');
    await bus.appendLogs([line("two")]);
    assert.deepEqual(await recent(), ["one", "two"]);
    await server.command("DEL", key);
    await server.command("SADD", key, "x");
    assert.deepEqual(await recent(), []);
    await bus.appendLogs([line("three")]);
    assert.deepEqual(await recent(), ["three"]);
  },
);

testBus(
  "subscriptions survive a restart of Redis, and ids increase after data loss",
  async (server, { bus }) => {
    const received: string[] = [];
    await using _logs = await bus.subscribe(CHANNELS.logs, (m) => void received.push(m));
    await bus.appendLogs([line("before")]);
    await eventually(() => assert.equal(received.length, 1));
    await server.kill();
    await assert.rejects(bus.publish(CHANNELS.status, "lost"), BrokerUnreachableError);
    await assert.rejects(bus.appendLogs([line("lost")]), BrokerUnreachableError);
    await server.restart();
    const channel = `${PREFIX}${CHANNELS.logs}`;
    await eventually(async () =>
      assert.deepEqual(await server.command("PUBSUB", "NUMSUB", channel), [channel, 1])
    );
    await eventually(() => bus.appendLogs([line("after")]));
    await eventually(() => assert.equal(received.length, 2));
    const [before, after] = received.map((each) => JSON.parse(each));
    assert.equal(after.message, "after");
    assert.ok(after.id > before.id);
  },
);

Deno.test({
  ...withRedis("on a Redis Cluster: a message published on one node is delivered on the others"),
  async fn() {
    await using cluster = await startRedisCluster();
    await using subject = await createSubject(cluster.nodes[0]!.url);
    const received: string[] = [];
    await using _status = await subject.bus.subscribe(
      CHANNELS.status,
      (m) => void received.push(m),
    );
    for (const [i, node] of cluster.nodes.entries()) {
      await node.command("PUBLISH", `${PREFIX}${CHANNELS.status}`, String(i));
    }
    await eventually(() => assert.deepEqual(received.toSorted(), ["0", "1", "2"]));
    await busContract["log lines are numbered, retained and published"]!(subject);
  },
});
