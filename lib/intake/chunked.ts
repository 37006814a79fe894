import type { Json } from "../article/article_fields.ts";
import { DEEPEST_STORED } from "../database/article_columns.ts";
import type { LineNote, RecordPlace } from "../wire/import_figures.ts";
import type { IncomingArticle } from "./incoming_article.ts";
import type { Parsed } from "./parsed.ts";

const MOST_RECORDS = 500;
/** The maximum chunk size, in UTF-16 code units of titles, contents and the texts in `extra`. */
const MOST_TEXT = 1024 * 1024;

/** Consecutive records: the articles to store together, and the others. */
export interface Chunk {
  articles: IncomingArticle[];
  /** The place of each article. */
  places: RecordPlace[];
  rejections: LineNote[];
  skipped: LineNote[];
  warnings: LineNote[];
}

/**
 * Groups records into chunks: up to 500, or until 1 MB of text, or until `waited`, called at the start of each
 * chunk, resolves. If reading fails, yields the records read before first. Reads at most one batch of records ahead.
 */
export async function* chunked(
  parsed: AsyncIterable<readonly Parsed[]>,
  waited: (signal: AbortSignal) => Promise<void>,
): AsyncGenerator<Chunk> {
  const batches = parsed[Symbol.asyncIterator]();
  let next = read();
  /** What is left of the latest batch. */
  let rest: readonly Parsed[] = [];

  function read(): Promise<IteratorResult<readonly Parsed[]>> {
    const result = batches.next();
    // Its rejection is handled at the next await, which the runtime may consider too late.
    result.catch(() => {});
    return result;
  }

  async function fill(): Promise<Chunk> {
    const chunk: Chunk = {
      articles: [],
      places: [],
      rejections: [],
      skipped: [],
      warnings: [],
    };
    const waiting = new AbortController();
    const due = waited(waiting.signal).then(() => null);
    let text = 0;
    const isFull = () => text >= MOST_TEXT || count(chunk) >= MOST_RECORDS;
    try {
      while (rest.length > 0) {
        let taken = 0;
        while (taken < rest.length && !isFull()) text += add(chunk, rest[taken++]!);
        rest = rest.slice(taken);
        if (rest.length > 0) break;
        next = read();
        if (isFull()) break;
        const result = await Promise.race([next, due]);
        if (result !== null && !result.done) rest = result.value;
      }
    } catch {
      // `next` rejected; it is awaited again after this chunk.
    } finally {
      waiting.abort();
    }
    return chunk;
  }

  try {
    for (;;) {
      if (rest.length === 0) {
        const batch = await next;
        if (batch.done) return;
        rest = batch.value;
      }
      yield await fill();
    }
  } finally {
    // Not awaited: a stalled input ends only when its source does.
    batches.return?.().catch(() => {});
  }
}

function count({ articles, rejections, skipped, warnings }: Chunk): number {
  return articles.length + rejections.length + skipped.length + warnings.length;
}

/** Returns the size of a record's text. */
function add(chunk: Chunk, record: Parsed): number {
  const place = placeOf(record);
  switch (record.kind) {
    case "rejected":
      chunk.rejections.push({ ...place, error: record.error });
      return 0;
    case "skipped":
      chunk.skipped.push({ ...place, error: record.error });
      return 0;
    case "note":
      chunk.warnings.push({ ...place, error: record.note });
      return 0;
    case "article":
      for (const note of record.notes ?? []) chunk.warnings.push({ ...place, error: note });
      chunk.articles.push(record.article);
      chunk.places.push(place);
      return sizeOf(record.article);
  }
}

function placeOf({ line, record, file }: Parsed): RecordPlace {
  return {
    line,
    ...(record === undefined ? {} : { record }),
    ...(file === undefined ? {} : { file }),
  };
}

function sizeOf({ title, content, extra }: IncomingArticle): number {
  return title.length + content.length + (extra === null ? 0 : sizeOfJson(extra));
}

/** Returns the approximate length of a value as it is stored. */
function sizeOfJson(value: Json, depth = 0): number {
  if (typeof value === "string") return value.length;
  if (typeof value !== "object" || value === null || depth === DEEPEST_STORED) return 1;
  return Object.entries(value).reduce(
    (size, [name, one]) => size + name.length + sizeOfJson(one, depth + 1),
    1,
  );
}
