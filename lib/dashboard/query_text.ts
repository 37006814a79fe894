/**
 * What an address asks for under a name; null when that is nothing. NUL is left out: nothing that is
 * stored has it, and Postgres refuses it.
 */
export function queryText(query: URLSearchParams, name: string): string | null {
  return query.get(name)?.replaceAll("\0", "").trim() || null;
}
