/** The summary since a browser's last visit, with URLs for details. */
export interface SinceVisit {
  /** When that visit ended, and what time it is, ms since the epoch. */
  since: number;
  now: number;
  /** Articles processed; null: the history does not go back so far. */
  processed: number | null;
  /** Causes of failure that were never seen before and still have failures. */
  causes: { count: number; href: string };
  /** The changes of users, and their names. */
  changes: { count: number; people: readonly string[]; href: string };
  /** The number of lost nodes. */
  losses: { count: number; href: string };
}
