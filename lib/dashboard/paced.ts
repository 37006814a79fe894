import type { LiveEnvironment } from "./live_environment.ts";

/** Does a piece of work each time it is asked for, but neither twice at once nor too often. */
export interface Paced extends Disposable {
  /** The work is begun after this call, at once or soon; many calls make one run. */
  ask(): void;
}

/**
 * Paces `work`: runs are at least `restMs` apart, and as long as ten runs take, so that slow work is
 * done more rarely. `work` deals with its own failures.
 */
export function createPaced(
  work: () => Promise<void>,
  { restMs, environment }: {
    restMs: number;
    environment: Pick<LiveEnvironment, "now" | "after">;
  },
): Paced {
  let busy = false;
  let ended = false;
  let asked = false;
  let cancel = () => {};

  async function run() {
    asked = false;
    busy = true;
    const began = environment.now();
    await work();
    if (ended) return;
    cancel = environment.after(Math.max(restMs, 10 * (environment.now() - began)), () => {
      busy = false;
      if (asked) void run();
    });
  }

  return {
    ask() {
      asked = true;
      if (!busy && !ended) void run();
    },
    [Symbol.dispose]() {
      ended = true;
      cancel();
    },
  };
}
