import { BrokerUnreachableError, DatabaseUnreachableError } from "../runtime/errors.ts";
import { sleep } from "../runtime/sleep.ts";

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/** What a waiting caller wants to know of an outage. */
export interface OutageWatch {
  /** Called once when `attempt` first finds its server away. */
  began(error: BrokerUnreachableError | DatabaseUnreachableError): void;
  /** Called once when the server answers again; not when the wait is given up. */
  ended(): void;
}

/**
 * Repeats `attempt`, which must be safe to repeat, for as long as the broker or the database cannot be
 * reached. Any other error is thrown at once, and the signal's reason when the signal aborts; an attempt
 * under way is not waited for then, since a silent server is given up late.
 */
export async function untilReachable<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  watch: OutageWatch,
): Promise<T> {
  let away = false;
  try {
    for (let waitMs = FIRST_WAIT_MS;; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
      signal.throwIfAborted();
      try {
        return await unlessAborted(attempt(), signal);
      } catch (error) {
        const outage = error instanceof BrokerUnreachableError ||
          error instanceof DatabaseUnreachableError;
        if (!outage) throw error;
        if (!away) watch.began(error);
        away = true;
      }
      await sleep(waitMs, signal);
    }
  } finally {
    if (away && !signal.aborted) watch.ended();
  }
}

function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
