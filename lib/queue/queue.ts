/**
 * The newest commits of two kinds: a settlement by its `batch_id`, and an outbox row by its id. Both numbers only
 * grow, unless Postgres is restored from an earlier time.
 */
export interface Commits {
  settlement: number;
  note: number;
}

/** Where ids belong according to Postgres after a settlement. */
export interface Placement {
  pending: number[];
  /** `dueInMs` is relative to now, so that the clocks of broker and database need not agree. */
  retry: { id: number; dueInMs: number; tries: number }[];
  /** `diedAt`: ms since the epoch. */
  dead: { id: number; diedAt: number }[];
  /** Ids that leave the queue: processed or discarded. */
  gone: number[];
  /** The commit that placed them there, if any. */
  commits?: Partial<Commits> | undefined;
}

/** A node's own absolute counts of one day in the cluster's time zone, `YYYYMMDD`, as its row in Postgres has them. */
export interface Tally {
  node: string;
  day: string;
  processed: number;
  /** Articles that became dead letters; the failed tries are `failed` plus `retried`. */
  failed: number;
  /** Failures that were followed by a retry. */
  retried: number;
  elapsedMs: number;
}

/** The counts of a tally, such as their sums over days that the queue no longer keeps separately. */
export type Totals = Pick<Tally, "processed" | "failed" | "retried" | "elapsedMs">;

/** A tally after a settlement. */
export interface SettledTally extends Tally {
  /** What the settlement added to it. */
  added: Totals;
}

/** The number of ids in each state. */
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

/** An article that is unfinished according to Postgres. */
export interface Unfinished {
  id: number;
  state: "pending" | "retry" | "dead";
  /** Milliseconds until it is due; null unless the state is retry. */
  dueInMs: number | null;
}

/** The states of failed articles, each with a place of its own in the queue. */
export type FailedState = "retry" | "dead";

/** The queue's content, for a comparison with Postgres. */
export interface Inventory {
  /** Returns the ids of articles that are not in the queue where their state belongs, or not due in time. */
  missing(articles: Unfinished[]): Promise<number[]>;
}

/** The result of a comparison with Postgres. */
export interface Comparison {
  /** When it ended, ms since the epoch. */
  at: number;
  /** Unfinished articles in Postgres, and ids in the queue. */
  database: number;
  queue: number;
  /** Unfinished articles that were missing in the queue and placed again. */
  missing: number;
}

/** A node's report; also a row of the status's `nodes`. */
export interface NodeReport {
  node: string;
  role: "all" | "web" | "worker";
  running: boolean;
  /** Web Workers that this node runs; 0 on a web node. */
  workers: number;
  in_flight: number;
  /** Articles per second over the last seconds. */
  speed: number;
  /** With its node if that is another one: a starting node reports the last failure that is stored. */
  last_error: { message: string; at: number; node?: string } | null;
  /**
   * Additional fields for viewers, passed through unchanged; `lib/wire/node_sums.ts` and `cluster_sums.ts` sum
   * some of them. Changes of `paused`, `settings` and of the sums are published like changes of the other
   * fields; further ones wait for the next heartbeat.
   */
  detail: Record<string, unknown>;
}

/** The cluster's current day, `YYYYMMDD`, and its IANA time zone. */
export interface Today {
  day: string;
  zone: string;
}

/** The result of a report. */
export interface Reported {
  /**
   * The `ProcessorStatus` as JSON, published or not; empty for a report during the rate limit's window, whose
   * cost is independent of the number of nodes.
   */
  status: string;
  published: boolean;
  /** Milliseconds until the cluster may publish again; 0 when no change is pending. */
  waitMs: number;
}

/**
 * The queue of article ids: a fast index of Postgres. Every method is atomic (`place`: per id), idempotent,
 * and throws `BrokerUnreachableError` when the broker is unreachable, in which case the step may or may not
 * have been applied.
 */
export interface Queue extends AsyncDisposable {
  /** Whether its ids outlive the node: otherwise each start begins with an empty queue, and nothing was lost. */
  readonly outlivesNode: boolean;

  /** Resolves when the broker accepts writes from this node. */
  ping(): Promise<void>;

  /**
   * Claims a node's name for the machine and file of its lock; returns false while another one is alive under that
   * name.
   */
  claim(node: string, place: string): Promise<boolean>;

  /**
   * Moves due retries to pending (a bounded number), then up to `max` ids from the right of pending to `node`'s
   * active set; returns those that were not in it yet. Fewer than `max` does not mean that pending is empty.
   * Ids of a lost reply stay active until `reconcile`.
   */
  take(node: string, max: number): Promise<number[]>;

  /**
   * Removes ids from `node`'s active set and places those that were in it (others belong to another node by
   * now); raises each counter to the tally's value if it is lower. A queue that has lost the node's previous
   * tally raises its counters by `added`.
   */
  settle(node: string, placement: Placement, tally: SettledTally | null): Promise<void>;

  /**
   * Places ids that are not active: new, retried, cleared, undone ones. New ones go to the left of pending, even
   * if already there: a node that takes an id twice detects that in Postgres.
   */
  place(placement: Placement): Promise<void>;

  /**
   * Moves the active ids of `node` that are not in progress to the right of pending; returns their number. Must
   * not run concurrently with a `take` of the node.
   */
  reconcile(node: string, inProgress: number[]): Promise<number>;

  /** Moves all active ids of `node` to the right of pending; returns their number. */
  requeueActive(node: string): Promise<number>;

  /** Moves the active ids of nodes with an expired lease to pending. */
  rescue(): Promise<{ node: string; ids: number }[]>;

  counts(): Promise<QueueCounts>;

  /** Returns the totals, with the time of their last change (ms), null before the first. */
  totals(): Promise<Totals & { updatedAt: number | null }>;

  /**
   * Renews the node's lease and heartbeat; with `report` null it only reads. Computes the status of the nodes
   * that reported in the last 2 s and stores it as `processor:status`. Publishes it when the last published one
   * is a second old, when a node of it was lost since, or when it differs and `isChange` is set.
   *
   * The cluster publishes at most once per `windowMs`. One more is allowed after a pause, so that a heartbeat
   * does not delay a change. `today` is the day of `processed_today`.
   */
  report(
    report: NodeReport | null,
    today: Today,
    windowMs: number,
    isChange: boolean,
  ): Promise<Reported>;

  /** Returns the rows of all nodes as JSON, unordered; a status lists only some. */
  nodes(): Promise<string[]>;

  /** Removes a node that shuts down gracefully. Its active set must be empty. */
  leave(node: string): Promise<void>;

  /**
   * Returns the broker's run id until it has been reconciled with Postgres: a new or restarted broker is cold.
   * Returns null once it was marked warm.
   */
  coldEpoch(): Promise<string | null>;

  /**
   * Returns every id that is pending, active, in retry or dead. Only for the reconciliation after a cold
   * start: reading in steps may miss an id that moves backward in the meantime, which is harmless there.
   */
  members(): Promise<Members>;

  /** Removes ids that have no article from every place. Not atomic; only for the reconciliation. */
  remove(ids: number[]): Promise<void>;

  /** Returns the newest commits of all placements, 0 before the first. */
  newestCommits(): Promise<Commits>;

  /** Lowers the newest commits to those of a restored Postgres; sets the totals and the counts of `days` to 0. */
  rewind(commits: Commits, days: string[]): Promise<void>;

  /** Reads the pending ids in bounded steps; calls `rest` after each. */
  takeInventory(rest: () => Promise<void>): Promise<Inventory>;

  /**
   * Reads the ids in retry or of the dead letters in bounded steps, calls `visit` with each part, and removes values
   * that are not ids.
   */
  visitFailed(state: FailedState, visit: (ids: number[]) => Promise<void>): Promise<void>;

  /** Stores the result of a comparison, for every node's status. */
  noteComparison(comparison: Comparison): Promise<void>;

  /** Returns the last comparison, or null. */
  lastComparison(): Promise<Comparison | null>;

  /** Restores the totals after a cold start: older days' sums, and the kept days' tallies. */
  restoreTotals(older: Totals, tallies: Tally[]): Promise<void>;

  /** Ends the cold state of `epoch`; a later run of the broker stays cold. */
  markWarm(epoch: string): Promise<void>;

  /**
   * Runs `work` under a cluster-wide lock; returns false immediately when another node holds it. The lock
   * expires within 15 s of a crash.
   */
  withLock(name: string, work: () => Promise<void>): Promise<boolean>;
}
