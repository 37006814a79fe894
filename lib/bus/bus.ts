import type { LogLine, NumberedLogLine } from "../wire/log_line.ts";

/** The channels: those of the contract, and `operations`, the progress of recent bulk operations. */
export const CHANNELS = {
  status: "processor:status:realtime",
  logs: "processor:logs",
  commands: "processor:commands",
  operations: "processor:operations",
} as const;

export type Channel = (typeof CHANNELS)[keyof typeof CHANNELS];

/** Publish/subscribe messaging, with a short history of the log for late subscribers. */
export interface Bus extends AsyncDisposable {
  publish(channel: Channel, message: string): Promise<void>;

  /** Resolves once subscribed; the subscription survives reconnects to the broker. */
  subscribe(channel: Channel, onMessage: (message: string) => void): Promise<AsyncDisposable>;

  /** Atomically numbers the lines, keeps the last 2,000, and publishes each as JSON with its id. */
  appendLogs(lines: LogLine[]): Promise<void>;

  /**
   * Returns the kept lines, oldest first: the last `limit` (1 or more), or the last `limit` of those after
   * `since`. `complete` is false when lines after `since` are missing or may be missing.
   */
  recentLogs(
    options: { since?: number; limit: number },
  ): Promise<{ lines: NumberedLogLine[]; complete: boolean }>;
}
