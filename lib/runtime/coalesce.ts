/**
 * Request coalescing: of the calls that come while `load` runs, all get the result of one further run.
 * So a result is never older than its call, and at most one run is under way.
 */
export function coalesce<T>(load: () => Promise<T>): () => Promise<T> {
  let running: Promise<unknown> | null = null;
  let next: Promise<T> | null = null;

  function start(): Promise<T> {
    const run = load();
    const ended = run.then(() => {}, () => {}).then(() => {
      if (running === ended) running = null;
    });
    running = ended;
    return run;
  }

  return () => {
    if (running === null) return start();
    next ??= running.then(() => {
      next = null;
      return start();
    });
    return next;
  };
}
