import { isOutage, type OutageError, serverOf } from "./errors.ts";
import { sleep } from "./sleep.ts";

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/** Callbacks for the outages that callers wait for. */
export interface OutageWatch {
  /** Called once when a caller first finds the server unreachable. */
  began(error: OutageError): void;
  /** Called once when that caller stops waiting for the server, whether it is back or not. */
  ended(error: OutageError): void;
}

export interface WhileReachableOptions {
  signal: AbortSignal;
  outages: OutageWatch;
  /** An outage to throw immediately instead of waiting; default none. */
  unless?: (error: OutageError) => boolean;
}

/**
 * Retries `attempt`, which must be idempotent, while its server is unreachable. Throws any other error
 * immediately, and the signal's reason when the signal aborts, even during an attempt, since an attempt on an
 * unresponsive server takes long to fail.
 */
export async function whileReachable<T>(
  attempt: () => Promise<T>,
  { signal, outages, unless = () => false }: WhileReachableOptions,
): Promise<T> {
  let away: OutageError | null = null;
  try {
    for (let waitMs = FIRST_WAIT_MS;; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      signal.throwIfAborted();
      try {
        return await unlessAborted(attempt(), signal);
      } catch (error) {
        if (!isOutage(error) || unless(error)) throw error;
        if (away === null || serverOf(away) !== serverOf(error)) {
          if (away !== null) outages.ended(away);
          outages.began(error);
          away = error;
        }
      }
      await sleep(waitMs, signal);
    }
  } finally {
    if (away !== null) outages.ended(away);
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
