/** The filters by their names before the colon, in both languages. */
const NAMES = new Map([
  ...["reason", "cause", "group", "source", "node", "state", "id"].map((name) =>
    [name, name] as const
  ),
  ["类别", "reason"],
  ["原因", "cause"],
  ["分组", "group"],
  ["来源", "source"],
  ["节点", "node"],
  ["状态", "state"],
  ["编号", "id"],
]);

/** A term, optionally after a name and a colon; quotes group words. */
const TOKEN = /(?:([a-z]+|\p{Script=Han}{2})[:：])?(?:"([^"]*)"|(\S+))/gu;

/** The parsed text of a filter. */
export interface FilterTokens {
  /** The terms that are not filters. */
  text: string;
  /** The filters as query parameters. */
  fields: [name: string, value: string][];
}

/** Parses `source:feeds node:"vm 1" timeout`, or `来源：feeds`, into filters and text. */
export function readTokens(typed: string): FilterTokens {
  const words: string[] = [];
  const fields: [string, string][] = [];
  for (const [whole, name, quoted, bare] of typed.matchAll(TOKEN)) {
    const value = quoted ?? bare ?? "";
    const filter = NAMES.get(name ?? "");
    if (filter !== undefined) fields.push([filter, value]);
    else words.push(whole);
  }
  return { text: words.join(" "), fields };
}

/** Formats a filter as it would be typed. */
export function writeToken(name: string, value: string): string {
  return /\s/.test(value) ? `${name}:"${value}"` : `${name}:${value}`;
}
