/** The names of filters, before the colon. */
const NAMES = new Set(["reason", "cause", "group", "source", "node", "state", "id"]);

/** A term, optionally after a name and a colon; quotes group words. */
const TOKEN = /(?:([a-z]+):)?(?:"([^"]*)"|(\S+))/g;

/** The parsed text of a filter. */
export interface FilterTokens {
  /** The terms that are not filters. */
  text: string;
  /** The filters as query parameters. */
  fields: [name: string, value: string][];
}

/** Parses `source:feeds node:"vm 1" timeout` into filters and text. */
export function readTokens(typed: string): FilterTokens {
  const words: string[] = [];
  const fields: [string, string][] = [];
  for (const [whole, name, quoted, bare] of typed.matchAll(TOKEN)) {
    const value = quoted ?? bare ?? "";
    if (name !== undefined && NAMES.has(name)) fields.push([name, value]);
    else words.push(whole);
  }
  return { text: words.join(" "), fields };
}

/** Formats a filter as it would be typed. */
export function writeToken(name: string, value: string): string {
  return /\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`;
}
