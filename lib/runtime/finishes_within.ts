import { sleep } from "./sleep.ts";

/** Waits for `work` for at most `ms`; returns whether it finished. Rejects as `work` does in that time. */
export async function finishesWithin(ms: number, work: Promise<unknown>): Promise<boolean> {
  const finished = new AbortController();
  const late = sleep(ms, finished.signal).then(() => false);
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    finished.abort();
  }
}
