/**
 * Lets something happen once in each window and, after a pause, once more at once, so that what went
 * out by itself a moment ago does not hold up news. Windows may differ from one time to the next.
 */
export interface Pace {
  /** Milliseconds until it may happen; 0 when it may now. */
  waitMs(now: number, windowMs: number): number;
  /** Notes that it happens now. */
  take(now: number, windowMs: number): void;
}

export function createPace(): Pace {
  let takenUntil = -Infinity;
  return {
    waitMs(now, windowMs) {
      // A clock that was set back must not silence anything.
      if (takenUntil > now + 2 * windowMs) takenUntil = -Infinity;
      return Math.max(0, takenUntil - windowMs - now);
    },
    take(now, windowMs) {
      takenUntil = Math.max(takenUntil, now) + windowMs;
    },
  };
}
