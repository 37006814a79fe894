/** A terminal's Ctrl-C arrives twice when the parent process forwards it as well. */
const SAME_MS = 500;

/** Resolves at the first SIGTERM or SIGINT. A later one ends the process immediately. */
export function untilSignalled(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let askedAt: number | null = null;
  const onSignal = () => {
    const now = performance.now();
    if (askedAt !== null && now - askedAt > SAME_MS) Deno.exit(130);
    askedAt ??= now;
    resolve();
  };
  Deno.addSignalListener("SIGTERM", onSignal);
  Deno.addSignalListener("SIGINT", onSignal);
  return promise;
}
