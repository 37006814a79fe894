/** A timer that can only be moved forward. */
export interface EarliestTimer {
  /** Fires in so many milliseconds, unless it fires earlier anyway. */
  schedule(inMs: number): void;
  clear(): void;
}

/** `now` returns milliseconds of a monotonic clock. */
export function createEarliestTimer(now: () => number, onDue: () => void): EarliestTimer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let dueAt = Infinity;

  function fire() {
    dueAt = Infinity;
    onDue();
  }

  return {
    schedule(inMs) {
      const at = now() + inMs;
      if (at >= dueAt) return;
      clearTimeout(timer);
      dueAt = at;
      timer = setTimeout(fire, inMs);
    },
    clear() {
      clearTimeout(timer);
      dueAt = Infinity;
    },
  };
}
