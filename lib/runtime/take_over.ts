import { sleep } from "./sleep.ts";

/** How long a predecessor may hold something: a stopping node ends within 20 s, an orphaned one is stopped first. */
export const PREDECESSOR_S = 25;
const TRY_EVERY_MS = 250;

/**
 * Returns what `take` returns: something that a predecessor may hold, and null while it does. Retries for
 * `seconds`, then returns null. `onWait` is called once, if the first try returns null.
 */
export async function takeOver<T>(
  take: () => Promise<T | null> | T | null,
  { seconds, onWait = () => {} }: { seconds: number; onWait?: () => void },
): Promise<T | null> {
  const never = new AbortController().signal;
  for (let tries = seconds * 1_000 / TRY_EVERY_MS; tries >= 0; tries--) {
    const taken = await take();
    if (taken !== null) return taken;
    onWait();
    onWait = () => {};
    await sleep(TRY_EVERY_MS, never);
  }
  return null;
}
