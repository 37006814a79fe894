/** The channels: those of the contract, and `operations`, the recent bulk operations as they proceed. */
export const CHANNELS = {
  status: "processor:status:realtime",
  logs: "processor:logs",
  commands: "processor:commands",
  operations: "processor:operations",
} as const;

export type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

/** One line of the system's log as it travels; `type`, `level`, `message`, `timestamp` are the contract. */
export interface LogLine {
  type: "log";
  level: "debug" | "info" | "warning" | "error";
  message: string;
  /** ISO 8601, UTC. */
  timestamp: string;
  node: string;
  /** The article that the line speaks of, where it speaks of one. */
  article?: number;
}

/** A line that has its place: ids rise over the whole system and over restarts of the broker. */
export type NumberedLogLine = LogLine & { id: number };

/** Messages to whoever listens now, and a short memory of the log for those who come later. */
export interface Bus extends AsyncDisposable {
  publish(channel: Channel, message: string): Promise<void>;

  /** Resolves once the subscription stands; it survives reconnects of the broker. */
  subscribe(channel: Channel, onMessage: (message: string) => void): Promise<AsyncDisposable>;

  /** Numbers the lines, keeps the last 2,000 of all, and publishes each as JSON with its id. One step. */
  appendLogs(lines: LogLine[]): Promise<void>;

  /**
   * The kept lines, oldest first: the last `limit` (1 or more), or of those after `since` the last
   * `limit`. `complete` is false when not all lines after `since` are among them, or nobody can say.
   */
  recentLogs(
    options: { since?: number; limit: number },
  ): Promise<{ lines: NumberedLogLine[]; complete: boolean }>;
}
