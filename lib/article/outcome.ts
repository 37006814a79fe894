/**
 * `threw`: its processing threw. `timed_out`: it exceeded the time limit. `crashed`: it crashed its worker.
 * `missing`: there is no article with its id (yet).
 */
export const FAILURE_REASONS = ["threw", "timed_out", "crashed", "missing"] as const;

/** The reason of dead letters that an older system left. */
export const UNKNOWN_REASON = "unknown";

/** Why an article failed. */
export interface Failure {
  reason: typeof FAILURE_REASONS[number];
  /** A sentence for operators. */
  message: string;
  stack: string | null;
}

/** The result of one article. */
export type Outcome =
  | { kind: "processed"; id: number; title: string; paragraphs: string[] }
  | { kind: "failed"; id: number; failure: Failure };
