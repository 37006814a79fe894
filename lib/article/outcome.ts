/** Why an article failed. */
export interface Failure {
  /**
   * `threw`: its own processing threw. `timed_out`: it ran past the time limit. `crashed`: it ended its
   * worker. `missing`: its id has no article (yet).
   */
  reason: "threw" | "timed_out" | "crashed" | "missing";
  /** One sentence for people. */
  message: string;
  stack: string | null;
}

/** What came of one article. */
export type Outcome =
  | { kind: "processed"; id: number; title: string; paragraphs: string[] }
  | { kind: "failed"; id: number; failure: Failure };
