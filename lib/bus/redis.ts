import { z } from "zod";
import { toError } from "../runtime/errors.ts";
import type { RedisConnection } from "../runtime/redis_connection.ts";
import { redisScript } from "../runtime/redis_script.ts";
import { type Bus, CHANNELS } from "./bus.ts";
import { KEPT_LINES, numberedLogLine, selectLines } from "./log_lines.ts";

/**
 * ARGV: lines as JSON objects. Numbers them by the microseconds of Redis's clock, so that numbers go on
 * rising even over a Redis that came back empty.
 */
const APPEND_LOGS = redisScript(`
local prefix = KEYS[1]
local recent = prefix .. 'processor:logs:recent'
local time = redis.call('TIME')
local newest = redis.call('LINDEX', recent, 0)
local last = newest and tonumber(string.match(newest, '^{"id":(%d+)')) or 0
local id = math.max(last, time[1] * 1000000 + time[2] - 1)
local lines = {}
for i, line in ipairs(ARGV) do
  lines[i] = '{"id":' .. string.format('%.0f', id + i) .. ',' .. string.sub(line, 2)
end
for first = 1, #lines, 1000 do
  redis.call('LPUSH', recent, unpack(lines, first, math.min(first + 999, #lines)))
end
redis.call('LTRIM', recent, 0, ${KEPT_LINES} - 1)
for _, line in ipairs(lines) do redis.call('PUBLISH', prefix .. '${CHANNELS.logs}', line) end
`);

export interface RedisBusOptions {
  /** Told what a subscriber threw; the others have their message all the same. */
  onError: (error: Error) => void;
}

/** The bus in Redis. It listens on a connection of its own, which it makes when first needed. */
export function createRedisBus(connection: RedisConnection, { onError }: RedisBusOptions): Bus {
  const { prefix } = connection;
  let listening: Promise<RedisConnection> | null = null;

  function listener(): Promise<RedisConnection> {
    listening ??= connection.duplicate().catch((error) => {
      listening = null;
      throw error;
    });
    return listening;
  }

  return {
    async publish(channel, message) {
      await connection.send(["PUBLISH", `${prefix}${channel}`, message]);
    },

    async subscribe(channel, onMessage) {
      const subscriber = await listener();
      const subscription = await subscriber.subscribe(`${prefix}${channel}`, (message) => {
        try {
          onMessage(message);
        } catch (thrown) {
          onError(toError(thrown));
        }
      });
      return {
        [Symbol.asyncDispose]() {
          subscription[Symbol.dispose]();
          return Promise.resolve();
        },
      };
    },

    async appendLogs(lines) {
      if (lines.length > 0) {
        await connection.run(APPEND_LOGS, lines.map((line) => JSON.stringify(line)));
      }
    },

    async recentLogs(options) {
      const wanted = options.since === undefined ? options.limit : KEPT_LINES;
      const key = `${prefix}processor:logs:recent`;
      const newestFirst = z.array(z.string()).parse(
        await connection.send(["LRANGE", key, "0", String(wanted - 1)]),
      );
      const kept = newestFirst.map((line) => numberedLogLine.parse(JSON.parse(line))).reverse();
      return selectLines(kept, options);
    },

    async [Symbol.asyncDispose]() {
      await (await listening)?.[Symbol.asyncDispose]();
    },
  };
}
