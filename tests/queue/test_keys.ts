import type { NodeReport, Queue } from "../../lib/queue/queue.ts";
import { createRedisQueue } from "../../lib/queue/redis_queue.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { type RedisServer, testOnRedis } from "../support/redis.ts";

export const DAY = "20260713";
export const TODAY = { day: DAY, zone: "Asia/Shanghai" };
export const COUNTS = { processed: 4, failed: 3, retried: 2, elapsedMs: 10.125 };
export const TALLY = { node: "a", day: DAY, ...COUNTS, added: COUNTS };

export const REPORT: NodeReport = {
  node: "a",
  role: "all",
  running: true,
  workers: 2,
  in_flight: 1,
  speed: 15.5,
  last_error: null,
  detail: {},
};

/** Registers a test of the Redis keys that other programs read and write. */
export function testKeys(
  name: string,
  prefix: string,
  run: (parts: { server: RedisServer; queue: Queue; garbage: string[] }) => Promise<void>,
) {
  testOnRedis(name, async (server) => {
    await using connection = await connectRedis(server.url, { prefix });
    const garbage: string[] = [];
    const onGarbage = (values: string[]) => void garbage.push(...values);
    await using queue = createRedisQueue(connection, { onGarbage });
    await run({ server, queue, garbage });
  });
}
