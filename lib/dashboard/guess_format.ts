/** What pasted text most likely is, as a content type that the import reads. */
export function guessFormat(text: string): string {
  const start = text.trimStart();
  if (start.startsWith("[")) return "application/json";
  if (start.startsWith("{")) return "application/x-ndjson";
  if (/^<(\?xml|rss|feed|rdf:RDF)\b/i.test(start)) return "application/xml";
  if (/^<(!doctype\s+html|[a-z][^>]*>)/i.test(start)) return "text/html";
  return hasArticleHeader(start) ? "text/csv" : "text/plain";
}

/** Whether the first line names columns, a title and a content among them. */
function hasArticleHeader(text: string): boolean {
  const columns = text.split(/\r?\n/, 1)[0]!.split(",").map((name) =>
    name.replaceAll('"', "").trim().toLowerCase()
  );
  return columns.includes("title") && columns.includes("content");
}
