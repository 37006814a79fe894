/** Guesses the content type of pasted text. */
export function guessFormat(text: string): string {
  const start = text.trimStart();
  if (start.startsWith("[")) return "application/json";
  if (start.startsWith("{")) return "application/x-ndjson";
  if (/^<(\?xml|rss|feed|rdf:RDF)\b/i.test(start)) return "application/xml";
  if (/^<(!doctype\s+html|[a-z][^>]*>)/i.test(start)) return "text/html";
  return hasArticleHeader(start) ? "text/csv" : "text/plain";
}

/** Whether the first line is a table's header with title and content columns. */
function hasArticleHeader(text: string): boolean {
  const columns = text.split(/\r?\n/, 1)[0]!.split(",").map((name) =>
    name.replaceAll('"', "").trim().toLowerCase()
  );
  return columns.includes("title") && columns.includes("content");
}
