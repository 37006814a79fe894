import type { LiveEnvironment } from "./live_environment.ts";

/** A throttle that passes on the latest of many values. */
export interface LatestThrottle<Value> {
  offer(value: Value): void;
}

/**
 * Throttles `take` to one value per `restMs`; superseded values are dropped. `take` is called with the value and
 * the time at which it was offered, ms since the epoch.
 */
export function throttleLatest<Value>(
  take: (value: Value, offeredAt: number) => void,
  { restMs, environment }: {
    restMs: number;
    environment: Pick<LiveEnvironment, "now" | "after">;
  },
): LatestThrottle<Value> {
  let waiting: { value: Value; at: number } | null = null;
  let resting = false;

  function rest() {
    resting = true;
    environment.after(restMs, () => {
      resting = false;
      if (waiting === null) return;
      const { value, at } = waiting;
      waiting = null;
      rest();
      take(value, at);
    });
  }

  return {
    offer(value) {
      const at = environment.now();
      if (resting) {
        waiting = { value, at };
        return;
      }
      rest();
      take(value, at);
    },
  };
}
