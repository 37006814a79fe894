import { z } from "zod";
import type { NumberedLogLine } from "./bus.ts";

/** How many lines the log's memory holds. */
export const KEPT_LINES = 2_000;

/** A line as the broker keeps it. */
export const numberedLogLine = z.object({
  id: z.number(),
  type: z.literal("log"),
  level: z.enum(["debug", "info", "warning", "error"]),
  message: z.string(),
  timestamp: z.string(),
  node: z.string(),
  article: z.exactOptional(z.number()),
});

/** Answers `recentLogs` from the kept lines, oldest first. */
export function selectLines(
  kept: NumberedLogLine[],
  { since, limit }: { since?: number; limit: number },
): { lines: NumberedLogLine[]; complete: boolean } {
  if (since === undefined) return { lines: kept.slice(-limit), complete: true };
  const later = kept.filter(({ id }) => id > since);
  // Only a line that is no news proves that none was dropped between it and the first that is.
  const complete = later.length < kept.length && later.length <= limit;
  return { lines: later.slice(-limit), complete };
}
