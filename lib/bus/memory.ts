import { toError } from "../runtime/errors.ts";
import { type Bus, type Channel, CHANNELS, type NumberedLogLine } from "./bus.ts";
import { KEPT_LINES, selectLines } from "./log_lines.ts";

export interface MemoryBusOptions {
  /** Milliseconds since the epoch; default the system's clock. */
  now?: () => number;
  /** Told what a subscriber threw; the others have their message all the same. */
  onError: (error: Error) => void;
}

/** The bus within one process. A message has reached every subscriber once `publish` resolves. */
export function createMemoryBus({ now = Date.now, onError }: MemoryBusOptions): Bus {
  const subscribers = new Map<Channel, Set<(message: string) => void>>(
    Object.values(CHANNELS).map((channel) => [channel, new Set()]),
  );
  let kept: NumberedLogLine[] = [];
  let lastId = 0;

  function tell(channel: Channel, message: string) {
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
      tell(channel, message);
      return Promise.resolve();
    },

    subscribe(channel, onMessage) {
      // A function of its own, so that the same one may be subscribed twice.
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
      // Microseconds, as the broker over the network counts them: ids rise over a restart, too.
      const first = Math.max(lastId + 1, Math.floor(now() * 1_000));
      const numbered = lines.map((line, i) => ({ id: first + i, ...line }));
      lastId = numbered.at(-1)?.id ?? lastId;
      kept = [...kept, ...numbered].slice(-KEPT_LINES);
      for (const line of numbered) tell(CHANNELS.logs, JSON.stringify(line));
      return Promise.resolve();
    },

    recentLogs: (options) => Promise.resolve(selectLines(kept, options)),

    [Symbol.asyncDispose]() {
      for (const each of subscribers.values()) each.clear();
      return Promise.resolve();
    },
  };
}
