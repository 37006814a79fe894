/** A condition that has not come true for so long, in ms, is checked less often, which takes less CPU time. */
const SOON_MS = 1_000;

/**
 * Retries `attempt` until it does not throw, and returns its result. Throws the last error after `withinMs`. Checks
 * every 20 ms at first and every 100 ms after a second, so it may miss a state that does not last.
 */
export async function eventually<T>(attempt: () => Promise<T> | T, withinMs = 30_000): Promise<T> {
  for (const started = Date.now();;) {
    try {
      return await attempt();
    } catch (error) {
      const waited = Date.now() - started;
      if (waited > withinMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, waited < SOON_MS ? 20 : 100));
    }
  }
}
