import type { Failure } from "./outcome.ts";

const MAX_LENGTH = 160;

/** Variable parts of messages and their placeholders, applied in this order. */
const FOLDS: readonly (readonly [RegExp, string])[] = [
  [
    /"[^"]*"|`[^`]*`|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu,
    "…",
  ],
  [/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, "#"],
  [/\b0x[0-9a-f]+\b/gi, "#"],
  [/\b(?=[a-f]*[0-9])[0-9a-f]{8,}\b/gi, "#"],
  [/[0-9]+(?:[.,:][0-9]+)*/g, "#"],
  [/\s+/g, " "],
];

/**
 * Returns a failure's fingerprint (grouping key): its reason and its message with numbers, ids, hex, UUIDs
 * and quoted text folded, at most some 170 characters.
 */
export function fingerprint(failure: Pick<Failure, "reason" | "message">): string {
  let cause = failure.message;
  for (const [pattern, stand] of FOLDS) cause = cause.replace(pattern, stand);
  cause = cause.trim();
  const characters = Array.from(cause);
  if (characters.length > MAX_LENGTH) cause = characters.slice(0, MAX_LENGTH).join("") + "…";
  return `${failure.reason}: ${cause}`;
}
