/**
 * Returns a query parameter, or null if missing or empty. Removes NUL, which Postgres rejects.
 */
export function queryText(query: URLSearchParams, name: string): string | null {
  return query.get(name)?.replaceAll("\0", "").trim() || null;
}
