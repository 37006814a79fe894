import { createRedisQueue } from "../../lib/queue/redis_queue.ts";
import { connectRedis } from "../../lib/redis/redis_connection.ts";
import { NOTHING } from "../../lib/redis/reply_shape.ts";
import { redisScript } from "../../lib/redis/redis_script.ts";
import type { Subject } from "./queue_contract.ts";

/** The queue uses Redis's clock, which cannot be shifted: all stored times are moved back instead. */
const PASS = redisScript(`
local prefix, ms = KEYS[1], tonumber(ARGV[1])
local function earlier(time) return string.format('%.0f', time - ms) end
for _, name in ipairs({'processor:leases', 'pending:articles:retry', 'pending:articles:dead'}) do
  local flat = redis.call('ZRANGE', prefix .. name, 0, -1, 'WITHSCORES')
  for i = 1, #flat, 2 do redis.call('ZADD', prefix .. name, earlier(flat[i + 1]), flat[i]) end
end
local nodes = redis.call('HGETALL', prefix .. 'processor:nodes')
for i = 1, #nodes, 2 do
  local moved = string.gsub(nodes[i + 1], '^{"seen_at":(%d+)', function(time)
    return '{"seen_at":' .. earlier(time)
  end)
  redis.call('HSET', prefix .. 'processor:nodes', nodes[i], moved)
end
for _, field in ipairs({'at', 'taken_until', 'loss_at', 'due_at'}) do
  local time = redis.call('HGET', prefix .. 'processor:published', field)
  if time then redis.call('HSET', prefix .. 'processor:published', field, earlier(time)) end
end
`);

/** A queue in the Redis at `url`, with a recording of all published statuses. */
export async function createRedisSubject(url: string, prefix: string): Promise<Subject> {
  await using starting = new AsyncDisposableStack();
  const connection = starting.use(await connectRedis(url, { prefix }));
  const subscriber = starting.use(await connection.duplicate());
  const published: string[] = [];
  await subscriber.subscribe(
    `${prefix}processor:status:realtime`,
    (status) => void published.push(status),
  );
  const queue = starting.use(createRedisQueue(connection));
  const owner = starting.move();
  return {
    queue,
    async published() {
      // Messages published earlier arrive before the reply to this.
      await subscriber.send(["PING"]);
      return [...published];
    },
    async pass(ms) {
      await connection.run(PASS, [String(ms)], NOTHING);
    },
    [Symbol.asyncDispose]: () => owner.disposeAsync(),
  };
}
