import type { Logger } from "@logtape/logtape";
import type { Failure } from "../dashboard/api.ts";
import { sleep } from "../runtime/sleep.ts";
import { outageOf } from "./outage.ts";

/** So long a page waits for work that may be short; after that it shows how far it is. */
const GRACE_MS = 300;

/**
 * Begins work that may take longer than a page should: waits a little for its end. Answers the outage
 * that ended it in that time, null otherwise; what fails later is logged.
 */
export async function begin(work: Promise<unknown>, logger: Logger): Promise<Failure | null> {
  let watched = true;
  const guarded = work.catch((error) => {
    if (watched) throw error;
    logger.error("What a page began has failed: {error}", { error });
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
