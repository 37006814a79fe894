import type { Computed } from "./protocol.ts";

/** Concatenates outcomes and adds up times. */
export function mergeComputed(parts: readonly Computed[]): Computed {
  return {
    outcomes: parts.flatMap(({ outcomes }) => outcomes),
    cleanMs: parts.reduce((sum, { cleanMs }) => sum + cleanMs, 0),
    annotateMs: parts.reduce((sum, { annotateMs }) => sum + annotateMs, 0),
  };
}
