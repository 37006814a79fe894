/** The lease: how long a node that stopped reporting keeps its active ids. */
export const LEASE_MS = 30_000;

/** The interval at which an unchanged status is published. */
export const BEAT_MS = 1_000;

/** The minimum interval of assembling the status, in ms per node. */
export const NODE_WINDOW_MS = 0.4;

/** The maximum number of nodes in a status, and of their bytes; `nodes()` returns all of them. */
export const NODES_LISTED = 50;
export const NODES_LISTED_BYTES = 64_000;

/** The maximum number of due retries moved by one `take`. */
export const DUE_AT_ONCE = 1_000;

/** How long a lock outlives a crash. */
export const LOCK_MS = 15_000;

/** The TTL of an article's tries key, in seconds. */
export const TRIES_KEPT_S = 86_400;

/** The TTL of the ids that are being removed, in seconds, should the removal be interrupted. */
export const REMOVED_KEPT_S = 3_600;

/** The TTL of a day's counts, in seconds. */
export const DAY_KEPT_S = 2 * 86_400;
