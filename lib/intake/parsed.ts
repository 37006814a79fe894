import type { Reading } from "./incoming_article.ts";
import type { RecordPlace } from "../wire/import_figures.ts";
import type { RecordOptions } from "./read_record.ts";

/** One record of an input: its article, or why it has none, and its place; or a note on the whole input. */
export type Parsed = (Reading | { kind: "note"; note: string }) & RecordPlace;

/**
 * A streaming parser of one format: UTF-8 bytes to articles in bounded memory. Yields the records that each piece of the
 * text ends; they are read while they are iterated, to the end before the next ones, since a promise per record would
 * cost as much as a part of it. Invalid records are values and never end the stream; it throws only when reading the
 * bytes fails.
 */
export type Parser = (
  text: AsyncIterable<Uint8Array>,
  options?: RecordOptions,
) => AsyncGenerator<Iterable<Parsed>>;

/** The size limit of a record, in bytes (in a feed: characters). */
export const MAX_RECORD = 2 * 1024 * 1024;

/** The rejection of a record over `MAX_RECORD`. */
export const TOO_LONG = "the record is longer than 2 MB";

/** The rejection of a record whose parsing would block the event loop; see `isExcessive`. */
export const TOO_MANY_VALUES = "the record has more than 60,000 values, or 20,000 different names";

/** The rejection of a record with invalid bytes. */
export const BAD_BYTES = "the record holds bytes that are not UTF-8";
