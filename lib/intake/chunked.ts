import type { IncomingArticle } from "./incoming_article.ts";
import type { Parsed } from "./parsed.ts";

const MOST_RECORDS = 500;
/** In UTF-16 code units of title and content. */
const MOST_TEXT = 1024 * 1024;

/** Records that came one after the other: the articles to save together, and the rejections. */
export interface Chunk {
  articles: IncomingArticle[];
  rejections: { line: number; error: string }[];
}

/**
 * Bundles records: up to 500, or the first that exceed 1 MB of text, or what there is when
 * `waited`, called as a chunk begins, resolves. When reading fails, what was read before comes
 * first. Reads one record ahead, no more.
 */
export async function* chunked(
  parsed: AsyncIterable<Parsed>,
  waited: (signal: AbortSignal) => Promise<void>,
): AsyncGenerator<Chunk> {
  const records = parsed[Symbol.asyncIterator]();
  let next = read();

  function read(): Promise<IteratorResult<Parsed>> {
    const result = records.next();
    // Its failure is met at the next await, which may be later than the runtime would stand for.
    result.catch(() => {});
    return result;
  }

  async function fill(first: Parsed): Promise<Chunk> {
    const chunk: Chunk = { articles: [], rejections: [] };
    const waiting = new AbortController();
    const due = waited(waiting.signal).then(() => null);
    let text = 0;
    try {
      for (let record: Parsed | null = first; record !== null;) {
        text += add(chunk, record);
        next = read();
        if (text >= MOST_TEXT || chunk.articles.length + chunk.rejections.length >= MOST_RECORDS) {
          break;
        }
        const result: IteratorResult<Parsed> | null = await Promise.race([next, due]);
        record = result === null || result.done ? null : result.value;
      }
    } catch {
      // It was `next` that failed, and it is awaited again once this chunk is out.
    } finally {
      waiting.abort();
    }
    return chunk;
  }

  try {
    for (let first = await next; !first.done; first = await next) yield await fill(first.value);
  } finally {
    // Not awaited: where the input has stalled, it ends only when its own side lets go.
    records.return?.().catch(() => {});
  }
}

function add(chunk: Chunk, record: Parsed): number {
  if (record.kind === "rejected") {
    chunk.rejections.push({ line: record.line, error: record.error });
    return 0;
  }
  chunk.articles.push(record.article);
  return record.article.title.length + record.article.content.length;
}
