const CONTENT_TYPES = new Map([
  ["jsonl", "application/x-ndjson"],
  ["ndjson", "application/x-ndjson"],
  ["json", "application/json"],
  ["csv", "text/csv"],
  ["rss", "application/rss+xml"],
  ["atom", "application/atom+xml"],
  ["rdf", "application/rdf+xml"],
  ["xml", "application/xml"],
  ["html", "text/html"],
  ["htm", "text/html"],
  ["xhtml", "application/xhtml+xml"],
  ["txt", "text/plain"],
]);

/** The endings of file names that `sniff` knows, each also with `.gz` after it. */
export const FILE_EXTENSIONS: readonly string[] = [...CONTENT_TYPES.keys()];

/** What a file's name says of its content. */
export interface Sniffed {
  contentType: string;
  contentEncoding: "gzip" | null;
}

/** Tells a file's type by its name's ending; null when it is none of ours. */
export function sniff(fileName: string): Sniffed | null {
  const [, extension, gz] = /\.([a-z]+)(\.gz)?$/i.exec(fileName) ?? [];
  const contentType = CONTENT_TYPES.get(extension?.toLowerCase() ?? "");
  if (contentType === undefined) return null;
  return { contentType, contentEncoding: gz === undefined ? null : "gzip" };
}
