import { z } from "zod";
import { lackingCommands } from "../../lib/queue/redis/rights.ts";
import { serverInfo } from "../../lib/queue/redis/server_info.ts";
import { connectRedis, type RedisConnection } from "../../lib/redis/redis_connection.ts";
import type { Config } from "../../lib/runtime/config.ts";
import { toError } from "../../lib/runtime/errors.ts";
import { checkClock, doubtful, type Finding, right, wrong } from "./finding.ts";

const OLDEST = 6.2;

/** Checks the configured Redis. */
export async function checkRedis(
  { databaseUrl, redisUrl, redisPrefix, redisTls }: Config,
): Promise<Finding[]> {
  if (redisUrl === null) {
    const found = "not configured: the queue lives in the node's process";
    // Without a Redis, two nodes on one Postgres would process every article twice.
    return [
      databaseUrl === null
        ? right("Redis", found)
        : doubtful("Redis", found, "Run one node only on this Postgres, or set REDIS_URL"),
    ];
  }
  try {
    const options = { prefix: redisPrefix, tls: redisTls, timeoutMs: 3_000 };
    await using connection = await connectRedis(redisUrl, options);
    const findings = [
      right("Redis: connection", "reached and signed in"),
      ...await checkServer(connection),
      checkClock("Redis: clock", await timeOf(connection)),
      await checkWrites(connection),
    ];
    // The permissions are tested by writing.
    const takesWrites = findings.at(-1)?.verdict === "right";
    return takesWrites ? [...findings, await checkRights(connection)] : findings;
  } catch (thrown) {
    return [
      wrong(
        "Redis: connection",
        toError(thrown).message,
        "Check REDIS_URL, its user and password, REDIS_CA, and whether the server runs",
      ),
    ];
  }
}

async function checkRights(connection: RedisConnection): Promise<Finding> {
  const lacking = await lackingCommands(connection);
  if (lacking.length === 0) return right("Redis: rights", "every command that is needed");
  return wrong(
    "Redis: rights",
    `the user may not call ${lacking.join(", ")}`,
    "Grant what docs/operations.md lists by ACL SETUSER",
  );
}

async function checkServer(connection: RedisConnection): Promise<Finding[]> {
  const info = await serverInfo(connection);
  if (info === null) {
    return [
      doubtful(
        "Redis: server",
        "the user may not call INFO, so version, memory and persistence are not known",
        "Grant +info, or look at them yourself",
      ),
    ];
  }
  const { version, evictionPolicy, appendOnly, savesSucceed } = info;
  return [
    Number.parseFloat(version) >= OLDEST
      ? right("Redis: version", version)
      : wrong("Redis: version", version, `Update it to ${OLDEST} or later`),
    evictionPolicy === "noeviction" ? right("Redis: memory", "nothing is evicted") : wrong(
      "Redis: memory",
      `maxmemory-policy is ${evictionPolicy}: a full Redis drops keys of the queue`,
      "CONFIG SET maxmemory-policy noeviction, and in its configuration file",
    ),
    appendOnly ? right("Redis: persistence", "an append-only file") : doubtful(
      "Redis: persistence",
      "none: after a restart the queue is rebuilt from Postgres, which takes a while",
      "Set appendonly yes to spare that",
    ),
    savesSucceed
      ? right("Redis: disk", "the last saves succeeded")
      : wrong("Redis: disk", "the last save failed", "Look for a full disk or a lack of memory"),
  ];
}

async function checkWrites(connection: RedisConnection): Promise<Finding> {
  try {
    await connection.send(["SET", `${connection.prefix}processor:ping`, "1", "EX", "60"]);
    return right("Redis: writes", "taken");
  } catch (thrown) {
    const remedy = "Point REDIS_URL at the primary, and look at its replicas, disk and memory";
    return wrong("Redis: writes", toError(thrown).message, remedy);
  }
}

async function timeOf(connection: RedisConnection): Promise<number> {
  const [seconds, micros] = z.tuple([z.coerce.number(), z.coerce.number()])
    .parse(await connection.send(["TIME"]));
  return seconds * 1_000 + micros / 1_000;
}
