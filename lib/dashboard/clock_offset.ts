/** A request and what the server's clock said between its start and its end; all in ms. */
export interface Probe {
  sentAt: number;
  serverAt: number;
  receivedAt: number;
}

/**
 * Tells how old a message is although its sender's clock is another. The difference of the clocks is
 * bounded from both sides: nothing arrives before it was sent, and the server cannot have answered
 * before it was asked.
 */
export interface ClockOffset {
  /** Learns from a question and its answer. */
  asked(probe: Probe): void;
  /** Learns from a message; answers the ms from its sending to its arrival, null before any question. */
  arrived(serverAt: number, receivedAt: number): number | null;
}

export function createClockOffset(): ClockOffset {
  // The reader's clock minus the server's lies between these two.
  let least = -Infinity;
  let most = Infinity;

  return {
    asked({ sentAt, serverAt, receivedAt }) {
      // A clock that was set meanwhile makes the bounds cross; then the newest alone count.
      const consistent = sentAt - serverAt <= most && receivedAt - serverAt >= least;
      least = consistent ? Math.max(least, sentAt - serverAt) : sentAt - serverAt;
      most = consistent ? Math.min(most, receivedAt - serverAt) : receivedAt - serverAt;
    },
    arrived(serverAt, receivedAt) {
      if (least === -Infinity) return null;
      most = Math.min(most, receivedAt - serverAt);
      least = Math.min(least, most);
      return Math.max(0, receivedAt - serverAt - (least + most) / 2);
    },
  };
}
