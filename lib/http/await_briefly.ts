import type { Logger } from "@logtape/logtape";
import type { Failure } from "../dashboard/requests/api.ts";
import { sleep } from "../runtime/sleep.ts";
import { outageOf } from "./outage_error.ts";

/** How long a page waits for possibly short work before it shows progress instead. */
const GRACE_MS = 300;

/**
 * Waits briefly for work that may outlast a page load. Returns the outage that ended it in that time, else
 * null; later failures are logged.
 */
export async function awaitBriefly(
  work: Promise<unknown>,
  logger: Logger,
): Promise<Failure | null> {
  let watched = true;
  const guarded = work.catch((error) => {
    if (watched) throw error;
    logger.error("Work started by a page failed: {error}", { error });
  });
  const enough = new AbortController();
  try {
    await Promise.race([guarded, sleep(GRACE_MS, enough.signal)]);
    return null;
  } catch (error) {
    const outage = outageOf(error);
    if (outage === null) throw error;
    return outage;
  } finally {
    watched = false;
    enough.abort();
  }
}
