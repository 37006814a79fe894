/**
 * A throttle: allows one event per window and, after a pause, one extra immediately, so that a recent
 * heartbeat does not delay a change. The length of the window may vary.
 */
export interface Throttle {
  /** Milliseconds until the next event is allowed; 0 when it is allowed now. */
  waitMs(now: number, windowMs: number): number;
  /** Records an event. */
  take(now: number, windowMs: number): void;
}

export function createThrottle(): Throttle {
  let takenUntil = -Infinity;
  return {
    waitMs(now, windowMs) {
      // A clock that was set back must not block events.
      if (takenUntil > now + 2 * windowMs) takenUntil = -Infinity;
      return Math.max(0, takenUntil - windowMs - now);
    },
    take(now, windowMs) {
      takenUntil = Math.max(takenUntil, now) + windowMs;
    },
  };
}
