import * as z from "zod/mini";

/** One line of the log as it is published; `type`, `level`, `message`, `timestamp` are the contract. */
export interface LogLine {
  type: "log";
  level: "debug" | "info" | "warning" | "error";
  message: string;
  /** ISO 8601, UTC. */
  timestamp: string;
  node: string;
  /** The article that the line concerns, if any. */
  article?: number;
  /** The id of the HTTP request that caused the line, as in its `X-Request-Id`. */
  request?: string;
  /** Identifies the message, and the values in it; a message of the level debug has no code. */
  code?: string;
  parameters?: Readonly<Record<string, string>>;
}

/** A numbered line: ids rise across all nodes and restarts of the broker. */
export type NumberedLogLine = LogLine & { id: number };

/** A line as it is logged, with what its message was made from. */
export interface LoggedLine extends LogLine {
  /** The message with placeholders: the same for each line of one call. */
  template: string;
  /** The message in parts: text and values alternate. */
  parts: readonly string[];
}

/** A line of the kept log; it may stand for several with the same template. */
export const keptLogLine = z.object({
  /** Microseconds since the epoch, on the database's clock; unique within the node. */
  id: z.number(),
  type: z.literal("log"),
  level: z.enum(["debug", "info", "warning", "error"]),
  message: z.string(),
  timestamp: z.string(),
  node: z.string(),
  article: z.optional(z.number()),
  request: z.optional(z.string()),
  code: z.optional(z.string()),
  parameters: z.optional(z.record(z.string(), z.string())),
  /** The number of lines, from `timestamp` to `last_timestamp`, when there is more than one. */
  count: z.optional(z.number()),
  last_timestamp: z.optional(z.string()),
  /** The message in the reader's language, where that is not English. */
  worded: z.optional(z.string()),
});

export type KeptLogLine = z.infer<typeof keptLogLine>;
