import type { Logger } from "@logtape/logtape";
import { type OutageError, serverOf, type ServerPart } from "./errors.ts";
import type { OutageWatch } from "./while_reachable.ts";

/** How long a server counts as down after a refusal that no caller retries. */
const NOTED_MS = 5_000;

/** A server that is unreachable, and why. */
export interface Outage {
  server: ServerPart;
  /** The message of the first refusal. */
  reason: string;
  /** Its start, in milliseconds of a monotonic clock. */
  since: number;
}

/**
 * Tracks the servers that this node cannot reach, from what its callers see. An outage lasts from the first
 * refusal until no caller waits any more; its start and its end are logged once each.
 */
export interface Outages extends OutageWatch, Disposable {
  /** Called for a refusal that is not retried: the server counts as down for five more seconds. */
  noted(error: OutageError): void;
  away(): Outage[];
  /** The number of outages so far: calls in progress when one starts may have had an effect. */
  count(): number;
}

/** The start of an outage, or its end with its duration. */
export type OutageChange =
  | { kind: "began"; server: ServerPart }
  | { kind: "ended"; server: ServerPart; seconds: number };

export interface OutagesOptions {
  logger: Logger;
  /** Called when an outage starts and when it ends. */
  onChange: (change: OutageChange) => void;
  /** Milliseconds of a monotonic clock; defaults to the system's. */
  now?: () => number;
}

interface Ongoing extends Outage {
  waiting: number;
  /** Ends what was only noted. */
  timer: ReturnType<typeof setTimeout> | undefined;
}

export function createOutages(
  { logger, onChange, now = () => performance.now() }: OutagesOptions,
): Outages {
  const ongoing = new Map<ServerPart, Ongoing>();
  let count = 0;

  function enter(error: OutageError): Ongoing {
    const server = serverOf(error);
    const known = ongoing.get(server);
    if (known !== undefined) return known;
    const reason = error.message;
    const outage: Ongoing = { server, reason, since: now(), waiting: 0, timer: undefined };
    ongoing.set(server, outage);
    count++;
    logger.error(
      server === "broker"
        ? "The broker is unreachable; no articles are taken until it is back: {reason}"
        : "The database is unreachable; no articles are taken until it is back: {reason}",
      { reason },
    );
    onChange({ kind: "began", server });
    return outage;
  }

  function leave(outage: Ongoing) {
    if (outage.waiting > 0 || outage.timer !== undefined) return;
    ongoing.delete(outage.server);
    const { server } = outage;
    const seconds = Math.round((now() - outage.since) / 100) / 10;
    logger.info(
      server === "broker"
        ? "The broker is back after {seconds} s."
        : "The database is back after {seconds} s.",
      { seconds },
    );
    onChange({ kind: "ended", server, seconds });
  }

  return {
    began(error) {
      enter(error).waiting++;
    },
    ended(error) {
      const outage = ongoing.get(serverOf(error));
      if (outage === undefined) return;
      outage.waiting--;
      leave(outage);
    },
    noted(error) {
      const outage = enter(error);
      clearTimeout(outage.timer);
      outage.timer = setTimeout(() => {
        outage.timer = undefined;
        leave(outage);
      }, NOTED_MS);
    },
    away: () =>
      Array.from(ongoing.values(), ({ server, reason, since }) => ({ server, reason, since })),
    count: () => count,
    [Symbol.dispose]() {
      for (const { timer } of ongoing.values()) clearTimeout(timer);
    },
  };
}
