import type { Logger } from "@logtape/logtape";
import type { Database } from "../database/connect.ts";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";
import { type OutageWatch, whileReachable } from "../runtime/while_reachable.ts";

const ROUND_MS = 2_000;

export interface PingServersParts {
  queue: Pick<Queue, "ping">;
  database: Pick<Database, "ping">;
  outages: OutageWatch;
  logger: Logger;
}

/**
 * Pings both servers every two seconds until disposed, so that an idle node or a web node also detects
 * outages.
 */
export function pingServers(
  { queue, database, outages, logger }: PingServersParts,
): AsyncDisposable {
  const stopping = new AbortController();
  const { signal } = stopping;

  async function watch(ping: () => Promise<void>) {
    while (!signal.aborted) {
      await sleep(ROUND_MS, signal);
      try {
        await whileReachable(ping, { signal, outages });
      } catch (error) {
        if (signal.aborted) return;
        logger.error("Cannot ping a server: {error}", { error: toError(error) });
      }
    }
  }

  const watching = Promise.all([watch(queue.ping), watch(database.ping)]);
  return {
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await watching;
    },
  };
}
