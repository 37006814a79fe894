import type { LiveEnvironment } from "./live_environment.ts";

/** A timer with at most one pending call. */
export interface SingleTimer {
  /** Runs `run` after `ms`, in place of a pending call. */
  start(ms: number, run: () => void): void;
  cancel(): void;
}

export function createSingleTimer(environment: Pick<LiveEnvironment, "after">): SingleTimer {
  let cancel = () => {};
  return {
    start(ms, run) {
      cancel();
      cancel = environment.after(ms, run);
    },
    cancel: () => cancel(),
  };
}
