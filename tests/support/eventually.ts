/**
 * Retries `attempt` until it does not throw, and returns its result. Throws the last error after `withinMs`.
 */
export async function eventually<T>(attempt: () => Promise<T> | T, withinMs = 30_000): Promise<T> {
  for (const started = Date.now();;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() - started > withinMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
