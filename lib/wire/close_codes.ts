/** WebSocket close codes, by which a client decides whether to reconnect. */
export const CLOSE_CODES = {
  /** Graceful shutdown of the node: reconnect immediately, another node may serve. */
  goingAway: 4001,
  /** The session has ended: sign in again. */
  signedOut: 4401,
  /** The client did not read for half a minute: reconnect and get the newest state. */
  tooSlow: 4408,
} as const;
