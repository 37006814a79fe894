/** The time without a suspect after which the pool computes normally again. */
const QUIET_MS = 10_000;
/** The number of suspects within `QUIET_MS` that is a flood. */
const FLOOD = 8;
/**
 * The spare workers during a flood. An article that loops occupies a worker for a time, not for an amount of work, so more
 * workers than cores get through the loops sooner. Each takes 28 MB.
 */
const SPARE_WORKERS = 4;

/** How a pool computes, which depends on the suspects of the last seconds: articles that exceeded their time limit. */
export interface PoolMode {
  /** Called with the number of suspects of each part. */
  note(suspects: number): void;
  /** Whether parts are computed article by article from the start. */
  computesSingly(): boolean;
  /** The number of workers in addition to the configured ones. */
  spareWorkers(): number;
  /** Ends the timer. */
  stop(): void;
}

export interface PoolModeOptions {
  /** Milliseconds. */
  now: () => number;
  /** Called when the number of spare workers may have changed. */
  onChange: () => void;
}

/**
 * ```
 *  normal ── a suspect ──→ cautious ── 8 suspects within 10 s ──→ flooded
 *    ↑                        │                                      │
 *    └──────────────── 10 s without a suspect ───────────────────────┘
 * ```
 *
 * | mode     | parts are computed                         | workers                   |
 * | -------- | ------------------------------------------ | ------------------------- |
 * | normal   | as a whole, which costs least              | as many as configured     |
 * | cautious | article by article, each with a time limit | as many as configured     |
 * | flooded  | article by article, each with a time limit | four more than configured |
 */
export function createPoolMode({ now, onChange }: PoolModeOptions): PoolMode {
  /** When the latest suspects were noted, at most `FLOOD`, oldest first. */
  let latest: number[] = [];
  let isFlooded = false;
  let isStopped = false;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  function reset() {
    clearTimeout(quiet);
    quiet = undefined;
    latest = [];
    if (!isFlooded) return;
    isFlooded = false;
    onChange();
  }

  return {
    note(suspects) {
      if (suspects === 0 || isStopped) return;
      clearTimeout(quiet);
      quiet = setTimeout(reset, QUIET_MS);
      const at = now();
      latest = [...latest, ...Array<number>(suspects).fill(at)].slice(-FLOOD);
      if (isFlooded || latest.length < FLOOD || at - latest[0]! > QUIET_MS) return;
      isFlooded = true;
      onChange();
    },
    computesSingly: () => quiet !== undefined,
    spareWorkers: () => isFlooded ? SPARE_WORKERS : 0,
    stop() {
      isStopped = true;
      clearTimeout(quiet);
    },
  };
}
