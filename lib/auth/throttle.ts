import { createHash } from "node:crypto";

const FREE_FAILURES = 5;
const LONGEST_WAIT_MS = 60_000;
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const KEPT_ADDRESSES = 10_000;

interface Guesses {
  failures: number;
  /** A digest, so that what is kept stays small. */
  lastToken: string;
  failedAt: number;
}

/** Slows down whoever guesses tokens: five free tries, then 1 s doubling to a minute between two. */
export interface Throttle {
  /** Whole seconds that the address has to wait before its next try; 0 when it may try now. */
  waitSeconds(address: string): number;
  /**
   * Notes a wrong token. The same one again is no new guess and is not counted, so that a program with
   * an outdated token does not shut out everybody behind its address.
   */
  failed(address: string, token: string): void;
}

/** Remembers at most 10,000 addresses, each for a quarter of an hour. `now` answers milliseconds. */
export function createThrottle(now: () => number): Throttle {
  const guessers = new Map<string, Guesses>();

  function recent(address: string): Guesses | null {
    const guesses = guessers.get(address);
    return guesses !== undefined && now() - guesses.failedAt < FORGOTTEN_AFTER_MS ? guesses : null;
  }

  return {
    waitSeconds(address) {
      const guesses = recent(address);
      if (guesses === null) return 0;
      const waitMs = waitAfter(guesses.failures) - (now() - guesses.failedAt);
      return Math.max(0, Math.ceil(waitMs / 1_000));
    },
    failed(address, token) {
      const before = recent(address);
      const lastToken = createHash("sha256").update(token).digest("hex");
      if (before?.lastToken === lastToken) return;
      // Deleted first so that the order of the map stays the order of the last failures.
      guessers.delete(address);
      guessers.set(address, {
        failures: (before?.failures ?? 0) + 1,
        lastToken,
        failedAt: now(),
      });
      if (guessers.size > KEPT_ADDRESSES) {
        const [oldest] = guessers.keys();
        if (oldest !== undefined) guessers.delete(oldest);
      }
    },
  };
}

function waitAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(2 ** (failures - FREE_FAILURES) * 1_000, LONGEST_WAIT_MS);
}
