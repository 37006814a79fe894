/** Why an article failed. */
export interface Failure {
  /**
   * `threw`: its processing threw. `timed_out`: it exceeded the time limit. `crashed`: it crashed its worker.
   * `missing`: there is no article with its id (yet).
   */
  reason: "threw" | "timed_out" | "crashed" | "missing";
  /** A sentence for operators. */
  message: string;
  stack: string | null;
}

/** The result of one article. */
export type Outcome =
  | { kind: "processed"; id: number; title: string; paragraphs: string[] }
  | { kind: "failed"; id: number; failure: Failure };
