import { createRecentMap, type RecentMap } from "../runtime/recent_map.ts";
import { sleep } from "../runtime/sleep.ts";
import {
  type ImportFigures,
  type LineNote,
  noFigures,
  type RecordPlace,
  type RecordResult,
} from "../wire/import_figures.ts";
import type { Accepted, AcceptedArticle } from "./accept.ts";
import { type Chunk, chunked } from "./chunked.ts";
import type { IncomingArticle } from "./incoming_article.ts";
import type { Parsed } from "./parsed.ts";

/** The maximum delay of an article for batching, in ms. */
const CHUNK_WAIT = 200;
/** The maximum number of listed items per kind; all are counted. */
const LISTED_REJECTIONS = 1_000;
const LISTED_NOTES = 100;
const LISTED_RESULTS = 10_000;
/** The number of changed articles whose places are remembered, at least. */
const REMEMBERED = 25_000;

/** Updates the progress of an import. */
export type ImportProgress = ImportFigures;

/** An import that stopped before the end of its input. Stored articles are kept. */
export class ImportStoppedError extends Error {
  override readonly name = "ImportStoppedError";

  /** `stage` is what failed: reading the input, or saving articles. */
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
  /** The progress of the part that was imported before; by default none. */
  from?: ImportProgress;
  /** Whether to collect `results`. */
  results?: boolean;
  /** Called with the progress after each chunk, the same object each time. */
  onProgress?: (progress: Readonly<ImportProgress>) => void | Promise<void>;
  /** Resolves when a chunk must be stored, by default 200 ms after the call. */
  waited?: (signal: AbortSignal) => Promise<void>;
}

/**
 * Stores articles in chunks (500, or 1 MB, or those of 200 ms), one chunk at a time. Reads the next chunk while one is
 * stored, and no further (backpressure). Throws `ImportStoppedError` when either side fails; if the input fails, the
 * complete articles are stored first.
 */
export async function importArticles(
  parsed: AsyncIterable<readonly Parsed[]>,
  save: (chunk: IncomingArticle[]) => Promise<Accepted>,
  options: ImportOptions = {},
): Promise<ImportProgress> {
  const { waited = (signal) => sleep(CHUNK_WAIT, signal), onProgress, results = false, from } =
    options;
  const progress: ImportProgress = {
    ...(from ?? noFigures()),
    ...(results ? { results: [] } : {}),
  };
  const stop = (stage: "reading" | "saving") => (cause: unknown): never => {
    throw new ImportStoppedError(stage, progress, cause);
  };
  const seen: Seen = { articles: 0, changed: createRecentMap(REMEMBERED) };
  const ended = new AbortController();
  const chunks = chunked(parsed, (signal) => waited(AbortSignal.any([signal, ended.signal])));
  function read() {
    const next = chunks.next();
    // Its rejection is handled after the chunk before it, which the runtime may consider too late.
    next.catch(() => {});
    return next;
  }
  try {
    for (let next = read();;) {
      const { done, value: chunk } = await next.catch(stop("reading"));
      if (done) return progress;
      next = read();
      const saved = chunk.articles.length === 0
        ? { articles: [], shared: [], revised: [] }
        : await save(chunk.articles).catch(stop("saving"));
      add(progress, chunk, saved, seen);
      await onProgress?.(progress);
    }
  } finally {
    ended.abort();
    // Not awaited: the chunk that is being read may wait for a stalled input.
    chunks.return(undefined).catch(() => {});
  }
}

/** What an import remembers of its earlier chunks: the number of articles, and the results of changed ones. */
interface Seen {
  articles: number;
  /** By position among all articles. */
  changed: RecentMap<number, RecordResult>;
}

function add(progress: ImportProgress, chunk: Chunk, saved: Accepted, seen: Seen): void {
  const { places, rejections, skipped } = chunk;
  const refused: LineNote[] = [];
  const count = (result: AcceptedArticle, place: RecordPlace) => {
    if (result.outcome === "rejected") {
      refused.push({ ...place, error: inFile(place, result.error) });
    } else countStored(progress, result);
  };
  const stored = saved.articles.map((result, index): RecordResult => {
    const one = { ...places[index]!, ...result };
    count(result, places[index]!);
    if (result.outcome === "changed") seen.changed.set(seen.articles + index, one);
    return one;
  });
  seen.articles += stored.length;
  for (const { position, result } of saved.revised) {
    const { outcome: _, id: __, ...place } = seen.changed.get(position) ?? { line: 1 };
    progress.changed--;
    count(result, place);
    // The listed result is the same object.
    Object.assign(seen.changed.get(position) ?? {}, result);
  }
  progress.skipped += skipped.length;
  const rejected = [...rejections, ...refused].sort(byPlace);
  progress.rejected_total += rejected.length;
  list(progress.rejected, rejected, LISTED_REJECTIONS);
  const place = places[0] ?? { line: 1 };
  const shared = saved.shared.map(({ source, isEarlier }) => ({
    ...place,
    error: isEarlier
      ? `the source ${source} does not identify one article: an earlier import had several with it; PUT /api/articles makes it unique again`
      : `the source ${source} does not identify one article: several have it, with different texts`,
  }));
  progress.warnings_total += chunk.warnings.length + shared.length;
  list(progress.warnings, [...chunk.warnings, ...shared], LISTED_NOTES);
  progress.records += places.length + rejections.length + skipped.length;
  if (progress.results === undefined) return;
  const results: RecordResult[] = [
    ...stored,
    ...rejections.map((each) => ({ ...each, outcome: "rejected" as const })),
    ...skipped.map((each) => ({ ...each, outcome: "skipped" as const })),
  ];
  list(progress.results, results.sort(byPlace), LISTED_RESULTS);
}

function countStored(
  progress: ImportProgress,
  { outcome, id }: Exclude<AcceptedArticle, { outcome: "rejected" }>,
): void {
  switch (outcome) {
    case "accepted":
      progress.accepted++;
      // That of a dry run is 0.
      if (id > 0) progress.newest_id = Math.max(progress.newest_id ?? 0, id);
      break;
    case "duplicate":
      progress.duplicates++;
      break;
    case "updated":
      progress.updated++;
      progress.changed++;
      break;
    case "changed":
      progress.changed++;
  }
}

/** Names the file of an archive, as the rejections of its parser do. */
function inFile({ file }: RecordPlace, error: string): string {
  return file === undefined ? error : `${file}: ${error}`;
}

function byPlace(a: RecordPlace, b: RecordPlace): number {
  return a.line - b.line || (a.record ?? 0) - (b.record ?? 0);
}

function list<T>(listed: T[], more: readonly T[], atMost: number): void {
  listed.push(...more.slice(0, Math.max(0, atMost - listed.length)));
}
