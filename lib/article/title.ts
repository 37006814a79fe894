import { foldLine } from "./paragraphs.ts";

/** The title as it is kept: trimmed, on one line, without control characters. */
export function tidyTitle(raw: string): string {
  return foldLine(raw);
}
