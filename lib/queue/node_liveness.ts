/** A node that reported within this time is alive, else lost; it misses two heartbeats at least before. */
export const ALIVE_MS = 2_000;

/** A lost node stays listed for this time, and as long as it has active articles. */
export const FORGOTTEN_MS = 60_000;
