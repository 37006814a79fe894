import { z } from "zod";
import type { NumberedLogLine } from "../wire/log_line.ts";

/** The number of retained log lines. */
export const KEPT_LINES = 2_000;

/** A line as the broker stores it; not derived from `keptLogLine`, which would cost each page 250 bytes of scripts. */
export const numberedLogLine = z.object({
  id: z.number(),
  type: z.literal("log"),
  level: z.enum(["debug", "info", "warning", "error"]),
  message: z.string(),
  timestamp: z.string(),
  node: z.string(),
  article: z.exactOptional(z.number()),
  request: z.exactOptional(z.string()),
  code: z.exactOptional(z.string()),
  parameters: z.exactOptional(z.record(z.string(), z.string())),
});

/** Selects the result of `recentLogs` from the kept lines, oldest first. */
export function selectLines(
  kept: NumberedLogLine[],
  { since, limit }: { since?: number; limit: number },
): { lines: NumberedLogLine[]; complete: boolean } {
  if (since === undefined) return { lines: kept.slice(-limit), complete: true };
  const later = kept.filter(({ id }) => id > since);
  // Only a kept line at or before `since` proves that no line after it was dropped.
  const complete = later.length < kept.length && later.length <= limit;
  return { lines: later.slice(-limit), complete };
}
