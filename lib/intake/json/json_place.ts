import { CARRIAGE_RETURN, LINE_FEED, SLASH, STAR } from "./json_bytes.ts";
import type { RecordFormat } from "../records.ts";

/**
 * The scanner's states:
 *
 * - `between`: in white space, commas and the outer list's brackets
 * - `scalar`: in a top-level value that is neither object, array nor string
 * - `nested`: in an object or array
 * - `string`, `escape`: in a string, after its backslash
 * - `broken`, `brokenBrace`: at the start of a line in a string, after a brace there, which starts the next record
 *   if a quote follows
 * - `slash`, `comment`, `block`, `star`: after a slash, in a comment up to the line's end, in one up to a star and a
 *   slash, after a star there
 * - `listed`: after the bracket of an object's list with a usual name
 * - `keyed`: after an article in an object with an article under each key
 * - `ended`: after a first value on one line, which is NDJSON if nothing follows on that line
 * - `lines`: the first value filled its line, so this is NDJSON and an error affects its line only
 */
export type Place =
  | "between"
  | "scalar"
  | "nested"
  | "string"
  | "escape"
  | "broken"
  | "brokenBrace"
  | "slash"
  | "comment"
  | "block"
  | "star"
  | "listed"
  | "keyed"
  | "ended"
  | "lines";

/** The states in which a record may end. */
export const UNDAMAGED: ReadonlySet<Place> = new Set([
  ...([
    "between",
    "ended",
    "lines",
    "scalar",
    "keyed",
    "slash",
    "comment",
    "block",
    "star",
  ] as const),
]);

/**
 * The kind of the last scanned record: a value, a value with its key, the text around an object's list, or what is
 * between values.
 */
export type JsonRole = "value" | "keyed" | "before list" | "after list" | "between";

/**
 * What follows a byte: the next byte, the same byte at another place, or the end of the record, which has the byte
 * (`after`) or not (`before`).
 */
export type Step = "next" | "again" | "after" | "before";

/** A scanner of JSON. */
export interface JsonScan extends RecordFormat {
  isDamaged(): boolean;
  role(): JsonRole;
  /** Whether a list, or an object of articles, is open. */
  isOpen(): boolean;
  /** The brackets that close the objects around the list or the keyed value. */
  closers(): string;
}

/** Returns the place after a byte of a comment, null if that ends it. */
export function inComment(place: "comment" | "block" | "star", byte: number): Place | null {
  if (place === "comment") return byte === LINE_FEED || byte === CARRIAGE_RETURN ? null : place;
  if (byte === STAR) return "star";
  return place === "star" && byte === SLASH ? null : "block";
}
