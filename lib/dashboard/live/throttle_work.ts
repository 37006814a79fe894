import type { LiveEnvironment } from "./live_environment.ts";

/** A throttle that never runs its work concurrently or too often. */
export interface WorkThrottle extends Disposable {
  /** Starts the work immediately or soon; many calls are coalesced into one run. */
  request(): void;
}

/**
 * Throttles `work`: runs are at least `restMs` apart, and at least ten times the last duration, so that slow work
 * runs less often. `work` must handle its own errors.
 */
export function throttleWork(
  work: () => Promise<void>,
  { restMs, environment }: {
    restMs: number;
    environment: Pick<LiveEnvironment, "now" | "after">;
  },
): WorkThrottle {
  let busy = false;
  let ended = false;
  let requested = false;
  let cancel = () => {};

  async function run() {
    requested = false;
    busy = true;
    const began = environment.now();
    await work();
    if (ended) return;
    cancel = environment.after(Math.max(restMs, 10 * (environment.now() - began)), () => {
      busy = false;
      if (requested) void run();
    });
  }

  return {
    request() {
      requested = true;
      if (!busy && !ended) void run();
    },
    [Symbol.dispose]() {
      ended = true;
      cancel();
    },
  };
}
