import { type ReadonlySignal, signal } from "@preact/signals";

/** The tolerated clock skew, as between a node and the database. */
const TOLERATED_MS = 3_000;

/** A request's start and end, and the server's time in between; all in ms. */
export interface Probe {
  sentAt: number;
  serverAt: number;
  receivedAt: number;
}

/**
 * Determines the age of messages despite clock skew. The skew is bounded from both sides: no message arrives
 * before it was sent, and no response was sent before its request.
 */
export interface ClockOffset {
  /** Updates the bounds from a request and its response. */
  probed(probe: Probe): void;
  /** Updates the bounds from a message; returns its latency in ms, or null before the first request. */
  arrived(serverAt: number, receivedAt: number): number | null;
  /** How far the reader's clock is ahead, at least, in ms (negative: behind); null within 3 s. */
  readonly offMs: ReadonlySignal<number | null>;
}

export function createClockOffset(): ClockOffset {
  // The bounds of the reader's clock minus the server's.
  let least = -Infinity;
  let most = Infinity;
  const offMs = signal<number | null>(null);

  function compare() {
    const off = Math.max(least, Math.min(most, 0));
    offMs.value = Math.abs(off) > TOLERATED_MS ? off : null;
  }

  return {
    offMs,
    probed({ sentAt, serverAt, receivedAt }) {
      // If a clock was set in the meantime, the bounds cross; then only the newest ones count.
      const consistent = sentAt - serverAt <= most && receivedAt - serverAt >= least;
      least = consistent ? Math.max(least, sentAt - serverAt) : sentAt - serverAt;
      most = consistent ? Math.min(most, receivedAt - serverAt) : receivedAt - serverAt;
      compare();
    },
    arrived(serverAt, receivedAt) {
      if (least === -Infinity) return null;
      most = Math.min(most, receivedAt - serverAt);
      least = Math.min(least, most);
      compare();
      return Math.max(0, receivedAt - serverAt - (least + most) / 2);
    },
  };
}
