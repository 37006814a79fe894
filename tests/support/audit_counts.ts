/** Counts from the tables. */
export interface Counts {
  processed: number;
  dead: number;
  /** Failed attempts, including final ones. */
  attempts: number;
  /** Attempts that made an article a dead letter, even if it was requeued later. */
  deaths: number;
}
