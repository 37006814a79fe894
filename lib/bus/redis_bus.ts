import { z } from "zod";
import { toError } from "../runtime/errors.ts";
import { redisVerdict } from "../runtime/redis_replies.ts";
import type { RedisConnection } from "../redis/redis_connection.ts";
import { RENAME_FOREIGN } from "../redis/foreign_value.ts";
import { luaConstants, redisScript } from "../redis/redis_script.ts";
import appendLogs from "./redis/append_logs.lua" with { type: "text" };
import { type Bus, CHANNELS } from "./bus.ts";
import { KEPT_LINES, numberedLogLine, selectLines } from "./log_lines.ts";

/** A line; none if another program wrote it. */
const keptLine = z.string().transform((text) => {
  try {
    return [numberedLogLine.parse(JSON.parse(text))];
  } catch {
    return [];
  }
});

const texts = z.array(z.string());

const APPEND_LOGS = redisScript(luaConstants({ KEPT_LINES }), RENAME_FOREIGN, appendLogs);

export interface RedisBusOptions {
  /** Called with what a subscriber threw; the other subscribers still get the message. */
  onError: (error: Error) => void;
  /** Called with the new name of a foreign value found under the log's key. */
  onForeign?: (keys: string[]) => void;
}

/** The Redis bus. It subscribes on a separate connection, opened on first use. */
export function createRedisBus(
  connection: RedisConnection,
  { onError, onForeign = () => {} }: RedisBusOptions,
): Bus {
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
      await connection.send(["PUBLISH", connection.channel(channel), message], z.number());
    },

    async subscribe(channel, onMessage) {
      const subscriber = await listener();
      const subscription = await subscriber.subscribe(connection.channel(channel), (message) => {
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
        const args = lines.map((line) => JSON.stringify(line));
        const renamed = await connection.run(APPEND_LOGS, [
          connection.channel(CHANNELS.logs),
          ...args,
        ], z.string().nullable());
        if (renamed !== null) onForeign([renamed]);
      }
    },

    async recentLogs(options) {
      const wanted = options.since === undefined ? options.limit : KEPT_LINES;
      const key = `${prefix}processor:logs:recent`;
      const newestFirst = await connection.send(["LRANGE", key, "0", String(wanted - 1)], texts)
        .catch((error) => {
          // The next line renames the other program's value.
          if (redisVerdict(toError(error).message) === "foreign key") return [];
          throw error;
        });
      return selectLines(z.array(keptLine).parse(newestFirst).flat().reverse(), options);
    },

    async [Symbol.asyncDispose]() {
      await (await listening)?.[Symbol.asyncDispose]();
    },
  };
}
