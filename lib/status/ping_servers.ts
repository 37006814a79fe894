import type { Logger } from "@logtape/logtape";
import type { Database } from "../database/connect.ts";
import type { Queue } from "../queue/queue.ts";
import { toError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";
import { type OutageWatch, whileReachable } from "../runtime/while_reachable.ts";

/** The pauses between pings. */
const BROKER_ROUND_MS = 2_000;
const DATABASE_ROUND_MS = 1_000;
/**
 * A server that has not responded for this time is shown as unavailable. The ping fails later, so that a short pause
 * neither ends connections nor counts as an outage.
 */
const SILENT_MS = 1_200;
/** After a pause of the event loop, a response may have arrived that is not yet read. */
const READ_MS = 100;

export interface PingServersParts {
  queue: Pick<Queue, "ping">;
  database: Pick<Database, "ping" | "kind">;
  outages: OutageWatch;
  logger: Logger;
  /** Called when the database stops or resumes responding to pings. */
  onSilence: () => void;
}

/** The pings of both servers; disposing ends them. */
export interface ServerPings extends AsyncDisposable {
  /** Whether Postgres currently does not respond to a ping; false for the embedded one, which serves one request at a time. */
  isDatabaseSilent(): boolean;
}

/** Pings both servers until disposed, so that an idle node or a web node also detects outages. */
export function pingServers(
  { queue, database, outages, logger, onSilence }: PingServersParts,
): ServerPings {
  const stopping = new AbortController();
  const { signal } = stopping;
  let isSilent = false;

  function setSilent(value: boolean) {
    if (isSilent === value) return;
    isSilent = value;
    onSilence();
  }

  async function pingDatabase() {
    let timer = setTimeout(() => {
      timer = setTimeout(() => setSilent(true), READ_MS);
    }, SILENT_MS);
    try {
      await database.ping();
    } finally {
      clearTimeout(timer);
      setSilent(false);
    }
  }

  async function watch(ping: () => Promise<void>, roundMs: number) {
    while (!signal.aborted) {
      await sleep(roundMs, signal);
      try {
        await whileReachable(ping, { signal, outages });
      } catch (error) {
        if (signal.aborted) return;
        logger.error("Cannot ping a server: {error}", { error: toError(error) });
      }
    }
  }

  const watching = Promise.all([
    watch(queue.ping, BROKER_ROUND_MS),
    watch(database.kind === "postgres" ? pingDatabase : database.ping, DATABASE_ROUND_MS),
  ]);
  return {
    isDatabaseSilent: () => isSilent,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await watching;
    },
  };
}
