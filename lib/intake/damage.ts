import { DecompressionLimitError } from "./bytes/decompression_limit.ts";
import type { Parsed } from "./parsed.ts";

/** Where the text of the current file was read to; the line of its end is where damage is reported. */
export interface Place {
  line: number;
}

/** Yields a rejection where compressed data is damaged, after `ended`; throws the error if no article precedes it. */
export async function* withDamage(
  input: AsyncIterable<Iterable<Parsed>>,
  place: Place,
  ended: () => void,
): AsyncGenerator<Iterable<Parsed>> {
  const seen: Seen = { hasArticle: false, last: null };
  try {
    for await (const some of input) yield noted(some, seen);
  } catch (error) {
    if (!seen.hasArticle || !isCorrupt(error)) throw error;
    if (isDamage(seen.last)) return;
    ended();
    yield [{ kind: "rejected", line: place.line, error: error.message }];
  }
}

interface Seen {
  hasArticle: boolean;
  last: Parsed | null;
}

function* noted(some: Iterable<Parsed>, seen: Seen): Generator<Parsed> {
  for (const parsed of some) {
    seen.hasArticle ||= parsed.kind === "article";
    seen.last = parsed;
    yield parsed;
  }
}

/** Whether compressed data is damaged, which does not affect what precedes it, nor the other files of an archive. */
export function isCorrupt(error: unknown): error is TypeError {
  return error instanceof TypeError && !(error instanceof DecompressionLimitError) &&
    error.message.startsWith("Cannot unpack");
}

/** Whether this is the rejection of damage, which the archives around it need not repeat. */
export function isDamage(last: Parsed | null): boolean {
  return last?.kind === "rejected" && /Cannot unpack /.test(last.error);
}

/** Counts the lines of a text while it is read. */
export async function* countLines(
  text: AsyncIterable<Uint8Array>,
  place: Place,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of text) {
    for (let at = chunk.indexOf(0x0A); at !== -1; at = chunk.indexOf(0x0A, at + 1)) place.line++;
    yield chunk;
  }
}
