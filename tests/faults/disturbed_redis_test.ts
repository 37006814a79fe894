import assert from "node:assert/strict";
import { eventually } from "../support/eventually.ts";
import { type RedisServer, startRedis } from "../support/redis.ts";
import { disturb, type Disturbance } from "../support/disturb.ts";
import { byForm, longForm } from "../support/fault_form.ts";
import {
  nameOf,
  startTestCluster,
  type TestCluster,
  withServers,
} from "../support/test_cluster.ts";

const EACH = byForm({ short: 60, long: 300 });
const HOLD_MS = byForm({ short: 1_000, long: 5_000 });
/** The comparison of the queue with Postgres starts every 30 s, and skips articles that changed since its start. */
const WITHIN_MS = 100_000;
const MOST_LINES = 25;

/** The commands that a node sends or that its scripts call. */
const COMMANDS = [
  ...["evalsha", "eval", "publish", "subscribe", "ping", "time", "info", "type", "set", "get"],
  ...[
    "incrby",
    "expire",
    "pttl",
    "pexpire",
    "rename",
    "lpush",
    "rpush",
    "llen",
    "lrange",
    "lindex",
  ],
  ...["ltrim", "sadd", "smembers", "smismember", "sismember", "scard", "srem", "zadd", "zcard"],
  ...["zscore", "zrange", "zrangebyscore", "zscan", "zrem", "hset", "hget", "hmget", "hgetall"],
  ...["hlen", "hdel", "del", "hello", "client|setname"],
];

const COPY_ALL = `
  for _, key in ipairs(redis.call('KEYS', '*')) do redis.call('COPY', key, key, 'DB', 2) end`;
const WRITES_FOR_4_S = `
  redis.call('SET', 'busy', '1')
  local began = redis.call('TIME')[1]
  while redis.call('TIME')[1] - began < 4 do end`;

/** The server becomes a replica of an empty one, loses its data to it, and becomes a primary again. */
function replicaOfNothing(command: RedisServer["command"]): Disturbance {
  let primary: RedisServer | null = null;
  return {
    name: "REPLICAOF an empty server",
    async begin() {
      primary = await startRedis();
      await command("REPLICAOF", "127.0.0.1", String(primary.port));
      await eventually(async () =>
        assert.match(String(await command("INFO", "replication")), /master_link_status:up/)
      );
    },
    async end() {
      await command("REPLICAOF", "NO", "ONE");
      await primary?.[Symbol.asyncDispose]();
    },
  };
}

function disturbances(
  { redis: { command }, broker }: TestCluster,
  nodes: readonly string[],
): Disturbance[] {
  /** Over a connection that stays, where new ones are refused. */
  const set = (name: string, value: string) => broker.send(["CONFIG", "SET", name, value]);
  const day = new Date().toISOString().slice(0, 10).replaceAll("-", "");
  const keys: [key: string, other: string[]][] = [
    ["pending:articles", ["SET", "x"]],
    ["pending:articles:retry", ["SET", "x"]],
    ["pending:articles:dead", ["HSET", "a", "b"]],
    ...nodes.map((node): [string, string[]] => [`processor:active:${node}`, ["LPUSH", "x"]]),
    ["processor:leases", ["SET", "x"]],
    ["processor:nodes", ["LPUSH", "x"]],
    ["processor:places", ["SET", "x"]],
    ["processor:stats", ["SADD", "x"]],
    ["processor:status", ["SET", "x"]],
    ["processor:published", ["SET", "x"]],
    ["processor:comparison", ["LPUSH", "x"]],
    ["processor:epoch", ["LPUSH", "x"]],
    ["processor:commits", ["SET", "x"]],
    ["processor:removed", ["SET", "x"]],
    ["processor:logs:recent", ["SET", "x"]],
    [`processor:tally:${day}`, ["SET", "x"]],
    [`processor:processed:${day}`, ["LPUSH", "x"]],
    ["processor:lock:comparison", ["SET", "x"]],
    ["processor:lock:recovery", ["HSET", "a", "b"]],
    ["processor:ping", ["LPUSH", "x"]],
  ];
  const nothing = () => Promise.resolve();
  const once = (...words: string[]): Disturbance => ({
    name: words.join(" "),
    begin: () => command(...words).catch(() => {}),
    end: nothing,
  });
  const repeated = (...words: string[]): Disturbance => {
    let timer: ReturnType<typeof setInterval> | undefined;
    return {
      name: `${words.join(" ")}, repeatedly`,
      begin: () => {
        timer = setInterval(() => void command(...words).catch(() => {}), 100);
        return nothing();
      },
      end: () => Promise.resolve(clearInterval(timer)),
    };
  };
  const config = (name: string, value: string, undo: string): Disturbance => ({
    name: `${name} ${value}`,
    begin: () => set(name, value),
    end: () => set(name, undo),
  });
  const rule = (...rules: string[]): Disturbance => ({
    name: `ACL ${rules.join(" ")}`,
    begin: () => command("ACL", "SETUSER", "millrace", ...rules),
    end: () =>
      command("ACL", "SETUSER", "millrace", "~*", "&*", "+@all", "on", "resetpass", ">secret"),
  });
  const quick: Disturbance[] = [
    rule("-evalsha"),
    rule("-lrange"),
    rule("-subscribe"),
    rule("resetkeys"),
    repeated("CLIENT", "KILL", "TYPE", "normal"),
    repeated("SCRIPT", "FLUSH"),
    once("CLIENT", "PAUSE", "3000", "ALL"),
    repeated("FLUSHALL"),
    {
      name: "maxclients 3",
      async begin() {
        await set("maxclients", "3");
        await broker.send(["CLIENT", "KILL", "USER", "millrace"]);
      },
      end: () => set("maxclients", "1000"),
    },
    {
      name: "a script that does not end",
      async begin() {
        await command("CONFIG", "SET", "busy-reply-threshold", "50");
        void command("EVAL", "while true do end", "0").catch(() => {});
      },
      end: () => command("SCRIPT", "KILL"),
    },
    {
      name: "eviction of any key",
      async begin() {
        await command("CONFIG", "SET", "maxmemory-policy", "allkeys-random");
        await command("CONFIG", "SET", "maxmemory", "1");
      },
      async end() {
        await command("CONFIG", "SET", "maxmemory", "0");
        await command("CONFIG", "SET", "maxmemory-policy", "noeviction");
      },
    },
    replicaOfNothing(command),
    {
      name: "every key deleted, one after the other",
      async begin() {
        for (const [key] of keys) await command("DEL", key);
      },
      end: nothing,
    },
    {
      name: "every key renamed, and renamed back over what was written meanwhile",
      async begin() {
        for (const [key] of keys) await command("RENAME", key, `away:${key}`).catch(() => {});
      },
      async end() {
        for (const [key] of keys) await command("RENAME", `away:${key}`, key).catch(() => {});
      },
    },
    {
      // The run id stays, so only a comparison shows it.
      name: "an older copy of every key, without a restart",
      begin: () => command("EVAL", COPY_ALL, "0"),
      async end() {
        await command("FLUSHDB");
        await command("SWAPDB", "0", "2");
      },
    },
    {
      name: "values that are no ids in every place",
      async begin() {
        const places = [
          ["LPUSH", "pending:articles", "x", "", "-1"],
          ["ZADD", "pending:articles:retry", "1", "x", "inf", "y"],
          ["ZADD", "pending:articles:dead", "1", "x"],
          ...nodes.map((node) => ["SADD", `processor:active:${node}`, "x"]),
          ["HSET", "processor:nodes", "x", "y"],
          ["ZADD", "processor:leases", "inf", "x", "1", "y"],
          ["HSET", "processor:commits", "settlement", "x", "note", "-inf"],
          ["HSET", "processor:stats", "total_failed", "x"],
        ];
        for (const words of places) await command(...words);
      },
      end: nothing,
    },
    {
      name: "every key overwritten by another type",
      async begin() {
        for (const [key, [set = "", ...values]] of keys) {
          await command(set, "foreign", ...values);
          await command("RENAME", "foreign", key);
        }
      },
      end: nothing,
    },
  ];
  if (!longForm) return quick;
  return [
    ...quick,
    ...COMMANDS.map((name) => rule(`-${name}`)),
    rule("resetchannels"),
    rule("off"),
    rule("resetpass", ">other"),
    repeated("CLIENT", "KILL", "TYPE", "pubsub"),
    repeated("CLIENT", "KILL", "USER", "millrace"),
    once("CLIENT", "PAUSE", "3000", "WRITE"),
    once("CLIENT", "PAUSE", "9000", "ALL"),
    once("SWAPDB", "0", "1"),
    once("SWAPDB", "0", "1"),
    config("timeout", "1", "0"),
    config("client-output-buffer-limit", "pubsub 1 1 1", "pubsub 33554432 8388608 60"),
    config("proto-max-bulk-len", "1048576", "536870912"),
    config("maxmemory", "1", "0"),
    config("maxmemory-clients", "1", "0"),
    rule("resetkeys", "~pending:*"),
    rule("resetkeys", "%R~*"),
    rule("-@scripting"),
    rule("-@write"),
    rule("-@all"),
    {
      name: "a replica without its primary",
      async begin() {
        await command("CONFIG", "SET", "replica-serve-stale-data", "no");
        await command("REPLICAOF", "127.0.0.1", "1");
      },
      async end() {
        await command("REPLICAOF", "NO", "ONE");
        await command("CONFIG", "SET", "replica-serve-stale-data", "yes");
      },
    },
    {
      name: "a script that has written, which cannot be killed",
      async begin() {
        await command("CONFIG", "SET", "busy-reply-threshold", "50");
        void command("EVAL", WRITES_FOR_4_S, "0").catch(() => {});
      },
      end: () => command("SCRIPT", "KILL").catch(() => {}),
    },
  ];
}

Deno.test({
  ...withServers(
    "whatever is done to Redis, no article fails or is lost, and it recovers by itself",
  ),
  async fn() {
    await using cluster = await startTestCluster();
    const { redis } = cluster;
    await redis.command("ACL", "SETUSER", "millrace", "on", ">secret", "~*", "&*", "+@all");
    const env = { MILLRACE_POISON: "on", REDIS_URL: redis.url.replace("//", "//millrace:secret@") };
    const nodes = [
      await cluster.startNode("all", env),
      await cluster.startNode("worker", env),
    ] as const;
    const names = await Promise.all(nodes.map(nameOf));
    const all = disturbances(cluster, names);
    await disturb(all, {
      cluster,
      nodes: [...nodes],
      each: EACH,
      holdMs: HOLD_MS,
      withinMs: WITHIN_MS,
      mostLines: MOST_LINES,
    });
  },
});
