import { firstCharacters } from "./characters.ts";

/** The most characters that a paragraph keeps. */
export const MAX_PARAGRAPH_LENGTH = 5_000;

// Those that are white space (tab, line feed …) are folded instead.
// deno-lint-ignore no-control-regex
const CONTROL_CHARACTERS = /[\0-\x08\x0e-\x1f\x7f-\x9f]+/g;
const UNFOLDED = /[^\S ]|\s\s/;

/**
 * A paragraph in its final form: on one line (see `foldLine`) and at most 5,000 characters long.
 * Tidying twice changes nothing more. Empty when nothing was in it.
 */
export function tidyParagraph(raw: string): string {
  return firstCharacters(foldLine(raw), MAX_PARAGRAPH_LENGTH).trimEnd();
}

/**
 * The text on one line: control characters dropped, white space folded to single spaces and trimmed.
 * Half a surrogate pair, which no database keeps, becomes U+FFFD.
 */
export function foldLine(text: string): string {
  const line = text.toWellFormed().replace(CONTROL_CHARACTERS, "");
  return (UNFOLDED.test(line) ? line.replace(/\s+/g, " ") : line).trim();
}
