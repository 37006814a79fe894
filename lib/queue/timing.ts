/** How long a node that reports no more keeps its active ids. */
export const LEASE_MS = 30_000;

/** A node heard of within this time is alive. */
export const ALIVE_MS = 3_000;

/** A node not heard of for this long is no longer shown as lost. */
export const FORGOTTEN_MS = 600_000;

/** The status is published this often even when it does not change. */
export const BEAT_MS = 1_000;

/** How many due retries one `take` moves at most. */
export const DUE_AT_ONCE = 1_000;

/** How long a lock outlives a crash. */
export const LOCK_MS = 15_000;
