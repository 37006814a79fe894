const CHECK_MS = 10_000;
/** A server cancels the same statements after 30 s; the embedded one is slower, and its machine may be loaded. */
const MAX_CHECKS = 60;

/** How long one message may keep the embedded Postgres, in minutes. */
export const STALL_MINUTES = MAX_CHECKS * CHECK_MS / 60_000;

/**
 * Watches the messages to the embedded Postgres, which it processes in order, for one that does not end. Silence is
 * counted in checks instead of time: a frozen process or a suspended machine checks nothing.
 */
export interface StallWatch extends Disposable {
  /** Resolves when a message has had no response for `STALL_MINUTES`. */
  readonly stalled: Promise<void>;
  /** Called when a message is sent. */
  sent(): void;
  /** Called for each response. */
  received(): void;
  /** Called when the remaining messages will get no response. */
  cleared(): void;
  /** Runs work whose messages can take any time, such as a migration or a backup. */
  patiently<T>(work: () => Promise<T>): Promise<T>;
}

export function watchForStall(): StallWatch {
  /** The messages without a response; true for those that can take any time. */
  let waiting: boolean[] = [];
  let patient = 0;
  let checks = 0;
  const { promise: stalled, resolve } = Promise.withResolvers<void>();

  const timer = setInterval(() => {
    checks = waiting[0] === false ? checks + 1 : 0;
    if (checks > MAX_CHECKS) resolve();
  }, CHECK_MS);

  return {
    stalled,
    sent: () => void waiting.push(patient > 0),
    received() {
      waiting.shift();
      checks = 0;
    },
    cleared: () => waiting = [],
    async patiently(work) {
      patient++;
      try {
        return await work();
      } finally {
        patient--;
      }
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
