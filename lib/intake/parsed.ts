import type { Reading } from "./incoming_article.ts";

/** One record of an input: its article or why there is none, and the 1-based line it starts on. */
export type Parsed = Reading & { line: number };

/**
 * Turns the bytes of one format into articles as they arrive, in bounded memory. Bad records are
 * values and never end the stream; it throws only when reading the bytes fails. `charset` is what
 * the transport says the text is in, where it says so; UTF-8 otherwise.
 */
export type Parser = (
  body: AsyncIterable<Uint8Array>,
  charset?: string | null,
) => AsyncGenerator<Parsed>;

/** The most bytes (in a feed: characters) one record may have. */
export const MAX_RECORD = 2 * 1024 * 1024;

/** How a record over `MAX_RECORD` is refused. */
export const TOO_LONG = "the record is longer than 2 MB";

/** How a record with bytes that are no text is refused. */
export const NOT_UTF8 = "the record holds bytes that are not UTF-8";
