/** Where ids belong, as Postgres says after a settlement. Times are milliseconds since the epoch. */
export interface Placement {
  pending: number[];
  retry: { id: number; dueAt: number; tries: number }[];
  dead: { id: number; diedAt: number }[];
  /** Ids that leave the queue: processed or discarded. */
  gone: number[];
}

/** A node's own absolute counts of one local day, `YYYYMMDD`, as its row in Postgres has them. */
export interface Tally {
  node: string;
  day: string;
  processed: number;
  failed: number;
  retried: number;
  elapsedMs: number;
}

/** Sums over all tallies of days that the queue no longer keeps apart. */
export type Totals = Pick<Tally, "processed" | "failed" | "retried" | "elapsedMs">;

/** How many ids are where. */
export interface QueueCounts {
  pending: number;
  retry: number;
  dead: number;
  active: number;
}

/** Every id in the queue. `waiting`: pending, or active on some node. */
export interface Members {
  waiting: Set<number>;
  retry: Set<number>;
  dead: Set<number>;
}

/** What a node says of itself with each report; also a row of the status's `nodes`. */
export interface NodeReport {
  node: string;
  role: "all" | "web" | "worker";
  running: boolean;
  /** Web Workers that this node runs; 0 on a web node. */
  workers: number;
  in_flight: number;
  /** Articles a second over the last seconds. */
  speed: number;
  last_error: { message: string; at: number } | null;
  /**
   * Anything else that viewers may want to see of a node; passed through untouched. When `paused` or
   * `settings` changes, that is published as soon as a change of the rest of the report; the others
   * wait for the next beat.
   */
  detail: Record<string, unknown>;
}

/** What came of a report. */
export interface Reported {
  /** The `ProcessorStatus` as JSON, whether or not it was published. */
  status: string;
  published: boolean;
  /** Milliseconds until the cluster may publish again; 0 when nothing waits to be told. */
  waitMs: number;
}

/**
 * The queue of article ids: a fast index of what Postgres knows. Every method is one atomic step
 * (`place`: for each id), is safe to repeat, and throws `BrokerUnreachableError` when the broker cannot
 * be reached; whether the step was done is not known then.
 */
export interface Queue extends AsyncDisposable {
  /**
   * Moves retries that are due to pending (a bounded number), then up to `max` ids from the right of
   * pending into `node`'s active set, and answers those that were not in it yet. Fewer than `max` do
   * not mean that no more are pending. Ids of an answer that was lost on its way are answered anew.
   */
  take(node: string, max: number): Promise<number[]>;

  /**
   * Takes ids out of `node`'s active set and places those that were in it (an id that is not in it
   * any more belongs to somebody else by now); raises the counters to the tally.
   */
  settle(node: string, placement: Placement, tally: Tally | null): Promise<void>;

  /**
   * Places ids that no node holds: new, retried, cleared, undone ones. New ones go to the left of
   * pending, even if they are there already: whoever takes an id twice finds that out from Postgres.
   */
  place(placement: Placement): Promise<void>;

  /** Returns all active ids of `node` to the right of pending, and says how many. */
  giveBack(node: string): Promise<number>;

  /** Returns the active ids of every node whose lease has ended. */
  rescue(): Promise<{ node: string; ids: number }[]>;

  counts(): Promise<QueueCounts>;

  /** `total_processed` and the rest, with the time they last changed (ms), null before the first. */
  totals(): Promise<Totals & { updatedAt: number | null }>;

  /**
   * Renews the node's lease and heartbeat (`report` null: only looks), sums over the nodes heard of
   * in the last 3 s, writes `processor:status`, and publishes the status when the last published one is
   * a second old, or differs and this is news: a heartbeat, which is not, takes the place of none. In the
   * cluster that happens once each `windowMs`, and once more after a window without: a heartbeat that
   * went out just now does not hold up news. `day` is the local day for `processed_today`.
   */
  report(
    report: NodeReport | null,
    day: string,
    windowMs: number,
    news: boolean,
  ): Promise<Reported>;

  /** Forgets a node that leaves in good order. Its active set must be empty. */
  leave(node: string): Promise<void>;

  /**
   * Names this broker as long as it has yet to be compared with Postgres: it is new, or came back as
   * another. Null once it was marked warm.
   */
  coldEpoch(): Promise<string | null>;

  /**
   * Every id that is pending, active, in retry or dead. For the comparison after a cold start only: it
   * may be read in steps, and then lack an id that moved backwards meanwhile, which is harmless there.
   */
  members(): Promise<Members>;

  /** Makes totals right again after a cold start: older days' sums, and the kept days' tallies. */
  restoreTotals(older: Totals, tallies: Tally[]): Promise<void>;

  /** Ends the cold state of `epoch`; a broker that came after it stays cold. */
  markWarm(epoch: string): Promise<void>;

  /**
   * Runs `work` while no other node runs it under the same name; answers false at once when another
   * one does. The lock ends by itself within 15 s of a crash.
   */
  exclusively(name: string, work: () => Promise<void>): Promise<boolean>;
}
