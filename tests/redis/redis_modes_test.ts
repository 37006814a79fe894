import assert from "node:assert/strict";
import { CHANNELS } from "../../lib/bus/bus.ts";
import { createRedisBus } from "../../lib/bus/redis_bus.ts";
import { createRedisQueue } from "../../lib/queue/redis_queue.ts";
import { lackingCommands } from "../../lib/queue/redis/rights.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { makeCertificates } from "../support/certificates.ts";
import { eventually } from "../support/eventually.ts";
import { freePort, startRedis, testOnRedis, withRedis } from "../support/redis.ts";
import { startSentinels } from "../support/redis_sentinels.ts";

const TODAY = { day: "20260713", zone: "UTC" };
const place = (id: number) => ({ pending: [id], retry: [], dead: [], gone: [] });

Deno.test({
  ...withRedis("a queue can be reached over a Unix socket"),
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "millrace-socket-" });
    const path = `${folder}/redis.sock`;
    try {
      await using _server = await startRedis({ args: ["--unixsocket", path] });
      await using connection = await connectRedis(`unix://${path}?db=2`, { prefix: "" });
      await using queue = createRedisQueue(connection);
      await queue.place(place(1));
      assert.deepEqual(await queue.take("a", 1), [1]);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

testOnRedis("two databases of one Redis do not receive each other's messages", async (server) => {
  const received: string[] = [];
  await using resources = new AsyncDisposableStack();
  const onError = (error: Error) => void received.push(error.message);
  for (const database of [0, 3, 4]) {
    const connection = resources.use(
      await connectRedis(`${server.url}/${database}`, { prefix: "p:" }),
    );
    const bus = resources.use(createRedisBus(connection, { onError }));
    const queue = resources.use(createRedisQueue(connection));
    for (const channel of Object.values(CHANNELS)) {
      await bus.subscribe(channel, () => received.push(`${database} ${channel}`));
    }
    if (database === 0) continue;
    await queue.place(place(database));
    await queue.report(null, TODAY, 0, true);
    await bus.appendLogs([
      { type: "log", level: "info", message: "m", timestamp: "t", node: "a" },
    ]);
    await bus.publish(CHANNELS.commands, "{}");
  }
  const expected = [3, 4].flatMap((database) =>
    [CHANNELS.status, CHANNELS.logs, CHANNELS.commands].map((name) => `${database} ${name}`)
  );
  await eventually(() => assert.deepEqual(received.toSorted(), expected.toSorted()));
  // The contract's names apply to database 0.
  await server.command("PUBLISH", "p:processor:commands", "{}");
  await eventually(() => assert.equal(received.at(-1), "0 processor:commands"));
});

testOnRedis("the documented user has all required permissions", async (server) => {
  const page = await Deno.readTextFile(new URL("../../docs/operations.md", import.meta.url));
  const [, rights = ""] = /^ACL SETUSER millrace on >secret (.+)$/m.exec(page) ?? [];
  assert.match(rights, /~millrace:\* /);
  await server.command("ACL", "SETUSER", "millrace", "on", ">secret", ...rights.split(" "));
  const url = `redis://millrace:secret@127.0.0.1:${server.port}`;
  await using connection = await connectRedis(url, { prefix: "millrace:" });
  assert.deepEqual(await lackingCommands(connection), []);
  await using queue = createRedisQueue(connection);
  await using bus = createRedisBus(connection, { onError: () => {} });
  let received = 0;
  await bus.subscribe(CHANNELS.status, () => received++);
  await queue.place(place(1));
  assert.deepEqual(await queue.take("a", 1), [1]);
  await queue.settle("a", { pending: [], retry: [], dead: [], gone: [1] }, null);
  await queue.report(null, TODAY, 0, true);
  assert.ok(typeof await queue.coldEpoch() === "string");
  await queue.withLock("work", async () => {});
  await eventually(() => assert.equal(received, 1));
});

Deno.test({
  ...withRedis(
    "TLS with a private authority requires its certificate, and sends the client certificate",
  ),
  async fn() {
    await using files = await makeCertificates();
    const tlsPort = freePort();
    const args = [
      ...["--tls-port", String(tlsPort), "--tls-cert-file", files.serverCert],
      ...["--tls-key-file", files.serverKey, "--tls-ca-cert-file", files.ca],
    ];
    await using _server = await startRedis({ args });
    const [ca, cert, key] = await Promise.all(
      [files.ca, files.clientCert, files.clientKey].map((file) => Deno.readTextFile(file)),
    ) as [string, string, string];
    const url = `rediss://127.0.0.1:${tlsPort}`;
    const connect = (tls: { ca?: string; cert?: string; key?: string }) =>
      connectRedis(url, { prefix: "", timeoutMs: 1_000, tls });
    await using connection = await connect({ ca, cert, key });
    assert.equal(await connection.send(["PING"]), "PONG");
    await assert.rejects(connect({}), /Cannot reach Redis/);
    await assert.rejects(connect({ ca }), /Cannot reach Redis/);
    await assert.rejects(connect({ cert, key }), /Cannot reach Redis/);
  },
});

Deno.test({
  ...withRedis("three sentinels resolve to the primary, and to its successor"),
  async fn() {
    await using sentinels = await startSentinels();
    await using connection = await connectRedis(sentinels.url, { prefix: "" });
    await using queue = createRedisQueue(connection);
    await queue.place(place(1));
    await eventually(async () =>
      assert.equal(await sentinels.replica.command("LLEN", "pending:articles"), 1)
    );
    await sentinels.primary.kill();
    await eventually(async () => assert.deepEqual(await queue.take("a", 1), [1]), 60_000);
    assert.equal(await sentinels.replica.command("SCARD", "processor:active:a"), 1);
  },
});
