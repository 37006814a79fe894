/**
 * The latest time that a request can name, in ms since the epoch: later years than 9999 have no text that
 * Postgres reads, and a day is left for what is computed from it.
 */
export const LATEST_TIME = Date.UTC(9999, 11, 31) - 1;
