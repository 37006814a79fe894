import assert from "node:assert/strict";
import { z } from "zod";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { connectRedis, type RedisState } from "../../lib/redis/redis_connection.ts";
import { redisScript } from "../../lib/redis/redis_script.ts";
import { eventually } from "../support/eventually.ts";
import { freePort, testOnRedis } from "../support/redis.ts";
import { startTcpProxy } from "../support/tcp_proxy.ts";

testOnRedis("a script runs whether or not the server has cached it", async (server) => {
  await using connection = await connectRedis(server.url, { prefix: "p:" });
  const script = redisScript("return {KEYS[1], ARGV[1]}");
  const shape = z.array(z.string());
  assert.deepEqual(await connection.run(script, ["x"], shape), ["p:", "x"]);
  await server.command("SCRIPT", "FLUSH");
  assert.deepEqual(await connection.run(script, ["y"], shape), ["p:", "y"]);
});

testOnRedis(
  "a key of another type throws a specific error, and keeps the connection",
  async (server) => {
    await using connection = await connectRedis(server.url, { prefix: "" });
    await connection.send(["SET", "word", "a"]);
    await assert.rejects(
      connection.send(["LPUSH", "word", "b"]),
      (error: Error) =>
        error.message.startsWith("WRONGTYPE") && !(error instanceof BrokerUnreachableError),
    );
  },
);

testOnRedis(
  "calls fail fast while the server is away, and work again afterwards",
  async (server) => {
    const states: RedisState[] = [];
    const onState = (state: RedisState) => void states.push(state);
    await using connection = await connectRedis(server.url, { prefix: "", onState });
    await server.kill();
    await assert.rejects(connection.send(["PING"]), BrokerUnreachableError);
    const started = performance.now();
    await assert.rejects(
      connection.send(["PING"]),
      (error: Error) =>
        error instanceof BrokerUnreachableError && error.cause instanceof Error &&
        error.message.includes(`127.0.0.1:${server.port}`),
    );
    assert.ok(performance.now() - started < 100, "It did not fail fast.");
    assert.equal(connection.isReady(), false);

    await server.restart();
    assert.equal(await eventually(() => connection.send(["PING"])), "PONG");
    assert.deepEqual(states.map(({ kind }) => kind), ["away", "ready"]);
  },
);

testOnRedis("pending calls fail when the server dies", async (server) => {
  await using connection = await connectRedis(server.url, { prefix: "" });
  const waiting = assert.rejects(
    connection.send(["BLPOP", "nothing", "0"]),
    BrokerUnreachableError,
  );
  await server.kill();
  await waiting;
});

testOnRedis("a subscription is renewed after a reconnect", async (server) => {
  await using connection = await connectRedis(server.url, { prefix: "" });
  const received: string[] = [];
  using _first = await connection.subscribe("news", (message) => void received.push(message));
  const second = await connection.subscribe("news", (message) => void received.push(message));
  await server.command("PUBLISH", "news", "one");
  await eventually(() => assert.deepEqual(received, ["one", "one"]));
  second[Symbol.dispose]();
  await server.kill();
  await server.restart();
  await eventually(async () => assert.equal(await server.command("PUBLISH", "news", "two"), 1));
  await eventually(() => assert.deepEqual(received, ["one", "one", "two"]));
});

testOnRedis("an unresponsive server counts as away within six seconds", async (server) => {
  await using proxy = startTcpProxy(server.port);
  const url = `redis://127.0.0.1:${proxy.port}`;
  await using connection = await connectRedis(url, { prefix: "" });
  proxy.stall();
  const started = performance.now();
  await assert.rejects(connection.send(["PING"]), BrokerUnreachableError);
  const tookMs = performance.now() - started;
  assert.ok(tookMs < 6_000, `It took ${tookMs} ms.`);
  proxy.resume();
  assert.equal(await eventually(() => connection.send(["PING"])), "PONG");
});

testOnRedis("a cut connection is reestablished", async (server) => {
  await using proxy = startTcpProxy(server.port);
  const url = `redis://127.0.0.1:${proxy.port}`;
  await using connection = await connectRedis(url, { prefix: "" });
  for (let i = 0; i < 5; i++) {
    proxy.reset();
    assert.equal(await eventually(() => connection.send(["PING"])), "PONG");
  }
});

testOnRedis("disposing leaks nothing while the server is away or unresponsive", async (server) => {
  const proxy = startTcpProxy(server.port);
  const url = `redis://127.0.0.1:${proxy.port}`;
  const connection = await connectRedis(url, { prefix: "" });
  proxy.stall();
  proxy.reset();
  await eventually(() => assert.equal(connection.isReady(), false));
  await connection[Symbol.asyncDispose]();
  await assert.rejects(connection.send(["PING"]), BrokerUnreachableError);
  await proxy[Symbol.asyncDispose]();
});

Deno.test("a failed first connection reports the address, without the password", async () => {
  const port = freePort();
  await assert.rejects(
    connectRedis(`redis://user:secret@127.0.0.1:${port}`, { prefix: "", timeoutMs: 200 }),
    (error: Error) =>
      error instanceof BrokerUnreachableError &&
      error.message.startsWith(`Cannot reach Redis at 127.0.0.1:${port}: `) &&
      !Deno.inspect(error).includes("secret"),
  );
});

testOnRedis("a wrong password fails immediately and is not shown", async (server) => {
  await server.command("CONFIG", "SET", "requirepass", "right");
  const started = performance.now();
  await assert.rejects(
    connectRedis(`redis://:wrong@127.0.0.1:${server.port}`, { prefix: "" }),
    (error: Error) => /WRONGPASS/.test(error.message) && !error.message.includes("wrong@"),
  );
  assert.ok(performance.now() - started < 2_000, "It retried.");
});

testOnRedis("a user that may not ping never counts as connected", async (server) => {
  const states: RedisState[] = [];
  const onState = (state: RedisState) => void states.push(state);
  await using connection = await connectRedis(server.url, { prefix: "", onState });
  await server.command("ACL", "SETUSER", "default", "-ping");
  await eventually(() => assert.equal(connection.isReady(), false));
  // Longer than a link without permission stayed open.
  await assert.rejects(eventually(() => assert.ok(connection.isReady()), 2_500));
  await server.command("ACL", "SETUSER", "default", "+ping");
  await eventually(() => assert.ok(connection.isReady()));
  assert.deepEqual(states.map(({ kind }) => kind), ["away", "ready"]);
});
