/** Why the server closes a socket; a client reads the code and knows what to do. */
export const CLOSE_CODES = {
  /** The node stops in good order: come back at once, another one may serve. */
  goingAway: 4001,
  /** The session has ended: sign in again. */
  signedOut: 4401,
  /** The socket did not read for half a minute: come back, the newest state waits. */
  tooSlow: 4408,
  /** This address holds too many sockets already. */
  tooMany: 4429,
} as const;
