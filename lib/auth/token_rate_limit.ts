import { createHash } from "node:crypto";

const FREE_FAILURES = 5;
const LONGEST_WAIT_MS = 60_000;
const FORGOTTEN_AFTER_MS = 15 * 60_000;
const KEPT_ADDRESSES = 10_000;

interface Guesses {
  failures: number;
  /** A digest, so that entries stay small. */
  lastToken: string;
  failedAt: number;
}

/** The result of a wrong token. */
export interface WrongToken {
  /** Whole seconds until the next wrong token is checked; 0 within the free tries. */
  waitSeconds: number;
  /** Whether it counted as a guess; not while the address waits, and not the same token again. */
  isGuess: boolean;
  /** Whether the address is rate limited from this guess on. */
  locksOut: boolean;
}

/**
 * Rate limits addresses that guess tokens: five free tries, then exponential backoff from 1 s to a minute.
 * Only wrong tokens pass through it, so a correct one is never delayed.
 */
export interface TokenRateLimit {
  /**
   * Records a wrong token. A repeated token is not a new guess and is not counted, so that a program with
   * an outdated token does not lock out every client behind its address.
   */
  failed(address: string, token: string): WrongToken;
}

/** Stores at most 10,000 addresses, each for a quarter of an hour. `now` returns milliseconds. */
export function createTokenRateLimit(now: () => number): TokenRateLimit {
  const guessers = new Map<string, Guesses>();

  function recent(address: string): Guesses | null {
    const guesses = guessers.get(address);
    return guesses !== undefined && now() - guesses.failedAt < FORGOTTEN_AFTER_MS ? guesses : null;
  }

  return {
    failed(address, token) {
      const before = recent(address);
      const lastToken = createHash("sha256").update(token).digest("hex");
      if (before !== null) {
        const waitMs = waitAfter(before.failures) - (now() - before.failedAt);
        const waitSeconds = Math.max(0, Math.ceil(waitMs / 1_000));
        if (waitSeconds > 0) return { waitSeconds, isGuess: false, locksOut: false };
        if (before.lastToken === lastToken) {
          return { waitSeconds: 0, isGuess: false, locksOut: false };
        }
      }
      const failures = (before?.failures ?? 0) + 1;
      // Deleted first, so that the map stays ordered by the last failure.
      guessers.delete(address);
      guessers.set(address, { failures, lastToken, failedAt: now() });
      if (guessers.size > KEPT_ADDRESSES) {
        const [oldest] = guessers.keys();
        if (oldest !== undefined) guessers.delete(oldest);
      }
      return { waitSeconds: 0, isGuess: true, locksOut: failures === FREE_FAILURES };
    },
  };
}

function waitAfter(failures: number): number {
  if (failures < FREE_FAILURES) return 0;
  return Math.min(2 ** (failures - FREE_FAILURES) * 1_000, LONGEST_WAIT_MS);
}
