import assert from "node:assert/strict";
import type { Queue } from "../../lib/queue/queue.ts";
import { createRedisQueue } from "../../lib/queue/redis_queue.ts";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { parseProcessorStatus } from "../../lib/wire/processor_status.ts";
import { eventually } from "../support/eventually.ts";
import { type RedisServer, testOnRedis } from "../support/redis.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";
import { placement } from "./queue_contract.ts";
import { REPORT, TALLY, TODAY } from "./test_keys.ts";

function testOutage(name: string, run: (server: RedisServer, queue: Queue) => Promise<void>) {
  testOnRedis(name, async (server) => {
    await using connection = await connectRedis(server.url, { prefix: "" });
    await using queue = createRedisQueue(connection);
    await run(server, queue);
  }, { appendOnly: true });
}

async function warm(queue: Queue) {
  await queue.markWarm(await queue.coldEpoch() ?? "");
}

testOutage(
  "every method throws while the broker is away, and works once it is back",
  async (server, queue) => {
    const methods: [string, () => Promise<unknown>][] = [
      ["take", () => queue.take("a", 1)],
      ["settle", () => queue.settle("a", placement({ gone: [1] }), TALLY)],
      ["place", () => queue.place(placement({ pending: [1] }))],
      ["requeueActive", () => queue.requeueActive("a")],
      ["rescue", () => queue.rescue()],
      ["counts", () => queue.counts()],
      ["totals", () => queue.totals()],
      ["report", () => queue.report(REPORT, TODAY, 50, true)],
      ["leave", () => queue.leave("b")],
      ["ping", () => queue.ping()],
      ["reconcile", () => queue.reconcile("a", [])],
      ["coldEpoch", () => queue.coldEpoch()],
      ["members", () => queue.members()],
      ["restoreTotals", () => queue.restoreTotals(TALLY, [TALLY])],
      ["markWarm", () => queue.markWarm("epoch")],
      ["withLock", () => queue.withLock("work", () => Promise.resolve())],
    ];
    await server.kill();
    for (const [name, call] of methods) await assert.rejects(call, BrokerUnreachableError, name);
    await server.restart();
    for (const [, call] of methods) await eventually(call);
  },
);

testOutage("a killed Redis restarts cold with its data", async (server, queue) => {
  await queue.place(placement({ pending: [1, 2, 3] }));
  await queue.take("a", 1);
  await queue.settle("a", placement({}), TALLY);
  await warm(queue);
  await server.kill();
  await server.restart();
  await eventually(async () => assert.notEqual(await queue.coldEpoch(), null));
  assert.deepEqual(await queue.counts(), { pending: 2, retry: 0, dead: 0, active: 1 });
  await queue.settle("a", placement({ gone: [1] }), TALLY);
  assert.equal((await queue.totals()).processed, 4);
  await warm(queue);
  assert.equal(await queue.coldEpoch(), null);
});

testOutage(
  "a Redis that lost all data is cold, and can be restored",
  async (server, queue) => {
    const { status } = await queue.report(REPORT, TODAY, 0, true);
    await queue.settle("a", placement({}), TALLY);
    await warm(queue);
    await server.kill();
    await server.loseData();
    await server.restart();
    await eventually(async () => assert.notEqual(await queue.coldEpoch(), null));
    await queue.restoreTotals({ processed: 10, failed: 0, retried: 0, elapsedMs: 0 }, [TALLY]);
    assert.equal((await queue.totals()).processed, 14);
    const after = parseProcessorStatus((await queue.report(REPORT, TODAY, 0, true)).status);
    assert.equal(after.processed_today, 4);
    assert.ok(after.seq > parseProcessorStatus(status).seq, "The sequence numbers decreased.");
  },
);

testOutage("a Redis that restarts during a comparison is cold", async (server, queue) => {
  const compared = await queue.coldEpoch();
  assert.ok(compared);
  await server.kill();
  await server.restart();
  await eventually(() => queue.markWarm(compared));
  assert.notEqual(await queue.coldEpoch(), null);
});

testOutage("a flushed Redis is cold", async (server, queue) => {
  await warm(queue);
  await server.command("FLUSHALL");
  assert.notEqual(await queue.coldEpoch(), null);
});

testOutage(
  "viewers are notified within five seconds when the last node becomes silent",
  async (_, queue) => {
    const first = await queue.report(REPORT, TODAY, 50, true);
    assert.equal(parseProcessorStatus(first.status).running, true);
    const started = performance.now();
    // The reporter of a web node does this.
    const last = await eventually(async () => {
      const { status, published } = await queue.report(null, TODAY, 50, true);
      assert.ok(published && !parseProcessorStatus(status).running);
      return parseProcessorStatus(status);
    });
    assert.ok(performance.now() - started < 5_000, "It took longer.");
    assert.deepEqual([last.workers, last.speed, last.nodes[0]?.lost], [0, 0, true]);
  },
);

testOutage("a lock survives a short outage", async (server, queue) => {
  const done = await queue.withLock("work", async () => {
    await server.kill();
  });
  assert.equal(done, true);
  await server.restart();
  assert.equal(await eventually(() => queue.withLock("work", () => Promise.resolve())), false);
});

testOnRedis("ids of a lost reply are returned by the next reconciliation", async (server) => {
  await using proxy = startTcpProxy(server.port);
  const url = `redis://127.0.0.1:${proxy.port}`;
  await using connection = await connectRedis(url, { prefix: "" });
  await using queue = createRedisQueue(connection);
  await queue.place(placement({ pending: [1, 2, 3, 4] }));
  assert.deepEqual(await queue.take("a", 1), [1]);

  proxy.delay(50);
  const lost = assert.rejects(queue.take("a", 2), BrokerUnreachableError);
  await eventually(async () => assert.equal(await server.command("LLEN", "pending:articles"), 1));
  proxy.reset();
  await lost;
  proxy.resume();

  assert.equal(await eventually(() => queue.reconcile("a", [1])), 2);
  assert.deepEqual((await queue.take("a", 5)).toSorted(), [2, 3, 4]);
});

testOnRedis("where a status may not be published, no report succeeds", async (server) => {
  await using connection = await connectRedis(server.url, { prefix: "" });
  await using queue = createRedisQueue(connection);
  assert.ok((await queue.report(REPORT, TODAY, 0, true)).published);
  await server.command("ACL", "SETUSER", "default", "resetchannels");
  const changed = { ...REPORT, in_flight: 2 };
  for (let i = 0; i < 3; i++) {
    await eventually(() => assert.ok(connection.isReady()));
    await assert.rejects(queue.report(changed, TODAY, 0, true), BrokerUnreachableError);
  }
  await server.command("ACL", "SETUSER", "default", "allchannels");
  await eventually(async () => assert.ok((await queue.report(changed, TODAY, 0, true)).published));
});
