import assert from "node:assert/strict";
import { z } from "zod";
import { createRedisQueue } from "../../lib/queue/redis_queue.ts";
import { lackingCommands } from "../../lib/queue/redis/rights.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { BrokerUnreachableError } from "../../lib/runtime/errors.ts";
import { eventually } from "../support/eventually.ts";
import { type RedisServer, testOnRedis } from "../support/redis.ts";
import { longForm } from "../support/fault_form.ts";
import { placement } from "./queue_contract.ts";

const values = z.array(z.coerce.number());

/** The write commands of the scripts, and in the long form also the read commands. */
const COMMANDS = [
  ...["lpush", "rpush", "ltrim", "sadd", "srem", "zadd", "zrem", "set", "del", "hset", "incrby"],
  ...(longForm
    ? ["lrange", "smembers", "smismember", "scard", "zrangebyscore", "hmget", "hdel", "expire"]
    : []),
];
const COUNTS = { processed: 4, failed: 3, retried: 2, elapsedMs: 10 };
const TALLY = { node: "a", day: "20260713", ...COUNTS, added: COUNTS };

const userOf = ({ port }: RedisServer) => `redis://millrace:secret@127.0.0.1:${port}`;

async function createUser(server: RedisServer) {
  await server.command("ACL", "SETUSER", "millrace", "on", ">secret", "~*", "&*", "+@all");
}

/** All ids in the queue. */
async function everywhere({ command }: RedisServer): Promise<number[]> {
  const found = [
    await command("LRANGE", "pending:articles", "0", "-1"),
    await command("SMEMBERS", "processor:active:a"),
    await command("SMEMBERS", "processor:active:gone"),
    await command("ZRANGE", "pending:articles:retry", "0", "-1"),
    await command("ZRANGE", "pending:articles:dead", "0", "-1"),
  ].flatMap((reply) => values.parse(reply));
  return [...new Set(found)].sort((a, b) => a - b);
}

for (const denied of COMMANDS) {
  testOnRedis(
    `without permission for ${denied.toUpperCase()}, no script loses an id`,
    async (server) => {
      await createUser(server);
      await using connection = await connectRedis(userOf(server), { prefix: "" });
      const queue = createRedisQueue(connection);
      const ids = Array.from({ length: 40 }, (_, i) => i + 1);
      const due = Date.now() - 60_000;
      await queue.place(placement({
        pending: ids.slice(0, 30),
        retry: ids.slice(30, 35).map((id) => ({ id, dueInMs: 0, tries: 1 })),
        dead: ids.slice(35).map((id) => ({ id, diedAt: due })),
      }));
      await queue.take("gone", 5);
      await server.command("ZADD", "processor:leases", "1", "gone");
      const held = await queue.take("a", 10);
      await server.command("ACL", "SETUSER", "millrace", `-${denied}`);
      const [retried = 0, died = 0, waiting = 0, ...rest] = held;
      const calls = [
        () => queue.take("a", 5),
        () =>
          queue.settle(
            "a",
            placement({
              pending: [waiting],
              retry: [{ id: retried, dueInMs: 0, tries: 1 }],
              dead: [{ id: died, diedAt: due }],
            }),
            TALLY,
          ),
        () => queue.place(placement({ pending: ids.slice(35), dead: [{ id: 1, diedAt: due }] })),
        () => queue.rescue(),
        () => queue.reconcile("a", rest),
        () => queue.requeueActive("a"),
      ];
      for (const call of calls) {
        for (let repeated = 0; repeated < 2; repeated++) {
          await eventually(() => assert.ok(connection.isReady()));
          await call().catch((error) => assert.ok(error instanceof BrokerUnreachableError, error));
          assert.deepEqual(await everywhere(server), ids);
        }
      }
      await server.command("ACL", "SETUSER", "millrace", "+@all");
      await eventually(() => queue.requeueActive("a"));
      await eventually(() => queue.rescue());
      assert.deepEqual(await everywhere(server), ids);
      assert.ok((await queue.counts()).pending < 200, "repetitions do not accumulate ids");
    },
  );
}

testOnRedis("missing permissions of a user are named", async (server) => {
  await createUser(server);
  await using connection = await connectRedis(userOf(server), { prefix: "p:" });
  assert.deepEqual(await lackingCommands(connection), []);
  await server.command("ACL", "SETUSER", "millrace", "-ltrim", "-zadd", "-info");
  assert.deepEqual(await lackingCommands(connection), ["LTRIM", "ZADD"]);
  assert.deepEqual(await server.command("KEYS", "*"), [], "no keys are left behind");
});

testOnRedis("an unknown command is named", async (server) => {
  await using connection = await connectRedis(server.url, { prefix: "" });
  assert.deepEqual(await lackingCommands(connection), ["ZMSCORE"]);
}, { args: ["--rename-command", "ZMSCORE", ""] });
