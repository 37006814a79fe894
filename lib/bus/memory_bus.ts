import { toError } from "../runtime/errors.ts";
import type { NumberedLogLine } from "../wire/log_line.ts";
import { type Bus, type Channel, CHANNELS } from "./bus.ts";
import { KEPT_LINES, selectLines } from "./log_lines.ts";

export interface MemoryBusOptions {
  /** Milliseconds since the epoch; defaults to the system clock. */
  now?: () => number;
  /** Called with what a subscriber threw; the other subscribers still get the message. */
  onError: (error: Error) => void;
}

/** The in-process bus. `publish` resolves after every subscriber has received the message. */
export function createMemoryBus({ now = Date.now, onError }: MemoryBusOptions): Bus {
  const subscribers = new Map<Channel, Set<(message: string) => void>>(
    Object.values(CHANNELS).map((channel) => [channel, new Set()]),
  );
  let kept: NumberedLogLine[] = [];
  let lastId = 0;

  function deliver(channel: Channel, message: string) {
    for (const onMessage of subscribers.get(channel) ?? []) {
      try {
        onMessage(message);
      } catch (thrown) {
        onError(toError(thrown));
      }
    }
  }

  return {
    publish(channel, message) {
      deliver(channel, message);
      return Promise.resolve();
    },

    subscribe(channel, onMessage) {
      // A new function, so that the same listener can subscribe twice.
      const subscriber = (message: string) => onMessage(message);
      subscribers.get(channel)?.add(subscriber);
      return Promise.resolve({
        [Symbol.asyncDispose]() {
          subscribers.get(channel)?.delete(subscriber);
          return Promise.resolve();
        },
      });
    },

    appendLogs(lines) {
      // Microseconds, like the Redis bus: ids keep rising after a restart.
      const first = Math.max(lastId + 1, Math.floor(now() * 1_000));
      const numbered = lines.map((line, i) => ({ id: first + i, ...line }));
      lastId = numbered.at(-1)?.id ?? lastId;
      kept = [...kept, ...numbered].slice(-KEPT_LINES);
      for (const line of numbered) deliver(CHANNELS.logs, JSON.stringify(line));
      return Promise.resolve();
    },

    recentLogs: (options) => Promise.resolve(selectLines(kept, options)),

    [Symbol.asyncDispose]() {
      for (const each of subscribers.values()) each.clear();
      return Promise.resolve();
    },
  };
}
