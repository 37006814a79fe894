/** The time without a suspect after which the pool is calm again. */
const CALM_MS = 10_000;
/** So many suspects within `CALM_MS` are a flood. */
const FLOOD = 8;
/**
 * Extra workers during a flood. An article that loops occupies a worker for a time, not for an amount of work, so more
 * workers than cores get through the loops sooner. Each takes 28 MB.
 */
const SPARES = 4;

/** How the pool computes, according to the suspects of the last seconds: articles that exceeded their time limit. */
export interface Wariness {
  /** Called with the number of suspects of each part. */
  note(suspects: number): void;
  /** Whether parts are computed article by article from the start. */
  isWary(): boolean;
  /** The number of extra workers. */
  spares(): number;
  /** Ends the timer. */
  stop(): void;
}

export interface WarinessOptions {
  /** Milliseconds. */
  now: () => number;
  /** Called when the number of spares may have changed. */
  onChange: () => void;
}

/**
 * ```
 *   calm ── a suspect ──→ wary ── 8 suspects within 10 s ──→ flooded
 *    ↑                     │                                    │
 *    └───────────── 10 s without a suspect ─────────────────────┘
 * ```
 *
 * | state   | parts are computed                         | workers                    |
 * | ------- | ------------------------------------------ | -------------------------- |
 * | calm    | as a whole, which costs least              | as many as configured      |
 * | wary    | article by article, each with a time limit | as many as configured      |
 * | flooded | article by article, each with a time limit | four more than configured  |
 */
export function createWariness({ now, onChange }: WarinessOptions): Wariness {
  /** When the latest suspects were noted, at most `FLOOD`, oldest first. */
  let latest: number[] = [];
  let isFlooded = false;
  let isStopped = false;
  let calming: ReturnType<typeof setTimeout> | undefined;

  function calm() {
    clearTimeout(calming);
    calming = undefined;
    latest = [];
    if (!isFlooded) return;
    isFlooded = false;
    onChange();
  }

  return {
    note(suspects) {
      if (suspects === 0 || isStopped) return;
      clearTimeout(calming);
      calming = setTimeout(calm, CALM_MS);
      const at = now();
      latest = [...latest, ...Array<number>(suspects).fill(at)].slice(-FLOOD);
      if (isFlooded || latest.length < FLOOD || at - latest[0]! > CALM_MS) return;
      isFlooded = true;
      onChange();
    },
    isWary: () => calming !== undefined,
    spares: () => isFlooded ? SPARES : 0,
    stop() {
      isStopped = true;
      clearTimeout(calming);
    },
  };
}
