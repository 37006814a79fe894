import { sleep } from "../runtime/sleep.ts";
import type { Accepted } from "./accept.ts";
import { chunked } from "./chunked.ts";
import type { IncomingArticle } from "./incoming_article.ts";
import type { Parsed } from "./parsed.ts";

/** The longest an article waits for others to be saved with, in ms. */
const CHUNK_WAIT = 200;
const LISTED_REJECTIONS = 1_000;

/** The figures of an import, as far as it has come; the form they have in answers. */
export interface ImportProgress {
  accepted: number;
  duplicates: number;
  /** The first 1,000 rejections. */
  rejected: { line: number; error: string }[];
  rejected_total: number;
  /** The id of the last one that was accepted; null: there is none. */
  newest_id: number | null;
}

/** An import that ended before its input did. What it had saved until then stays saved. */
export class ImportStoppedError extends Error {
  override readonly name = "ImportStoppedError";

  /** `stage` says what failed: reading the input, or saving articles. */
  constructor(
    readonly stage: "reading" | "saving",
    readonly progress: ImportProgress,
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Cannot finish the import: ${stage} the articles failed: ${reason}`, { cause });
  }
}

export interface ImportOptions {
  /** Called with the figures after each chunk, the same object each time. */
  onProgress?: (progress: Readonly<ImportProgress>) => void;
  /** Resolves once a chunk has waited long enough, by default 200 ms after the call. */
  waited?: (signal: AbortSignal) => Promise<void>;
}

/**
 * Saves articles in chunks (500, or 1 MB, or what came within 200 ms), one chunk at a time, and
 * does not read on while one is saved. Throws `ImportStoppedError` when either side fails; when
 * it is the input, the articles that had come whole are saved first.
 */
export async function importArticles(
  parsed: AsyncIterable<Parsed>,
  save: (chunk: IncomingArticle[]) => Promise<Accepted>,
  options: ImportOptions = {},
): Promise<ImportProgress> {
  const { waited = (signal) => sleep(CHUNK_WAIT, signal), onProgress } = options;
  const progress: ImportProgress = {
    accepted: 0,
    duplicates: 0,
    rejected: [],
    rejected_total: 0,
    newest_id: null,
  };
  const stop = (stage: "reading" | "saving") => (cause: unknown): never => {
    throw new ImportStoppedError(stage, progress, cause);
  };
  const chunks = chunked(parsed, waited);
  try {
    for (;;) {
      const next = await chunks.next().catch(stop("reading"));
      if (next.done) return progress;
      const { articles, rejections } = next.value;
      progress.rejected_total += rejections.length;
      progress.rejected.push(...rejections.slice(0, LISTED_REJECTIONS - progress.rejected.length));
      if (articles.length > 0) {
        const saved = await save(articles).catch(stop("saving"));
        progress.accepted += saved.accepted;
        progress.duplicates += saved.duplicates;
        progress.newest_id = saved.ids.at(-1) ?? progress.newest_id;
      }
      onProgress?.(progress);
    }
  } finally {
    await chunks.return(undefined);
  }
}
