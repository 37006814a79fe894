/**
 * Repeats `attempt` until it answers without throwing, and answers the same. After `withinMs` it throws
 * what was thrown last.
 */
export async function eventually<T>(attempt: () => Promise<T> | T, withinMs = 10_000): Promise<T> {
  for (const started = Date.now();;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() - started > withinMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
