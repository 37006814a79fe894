import type { Json } from "../../article/article_fields.ts";
import { isRecord } from "../record_values.ts";

/** Names of lists of records in an object, such as an API's response. */
const LIST_NAMES: ReadonlySet<string> = new Set([
  "articles",
  "data",
  "docs",
  "documents",
  "entries",
  "entry",
  "hits",
  "item",
  "items",
  "list",
  "messages",
  "news",
  "newslist",
  "nodes",
  "notes",
  "orderedItems",
  "posts",
  "records",
  "result",
  "results",
  "rows",
  "statuses",
  "tweets",
  "value",
].map((name) => name.toLowerCase()));

/** Names of the objects around a list: `{"data": {"list": [` …. */
const OUTER_NAMES: ReadonlySet<string> = new Set([
  ...["channel", "data", "feed", "hits", "page", "payload", "response", "result", "results", "rss"],
]);
/** The maximum number of nested objects around a list. */
export const MOST_OUTER = 4;

/** An object with one of these names is itself a record. */
const CONTENT_NAMES = ["content", "content_html", "content_text", "text", "body", "html"];

/** Whether a list under `name`, after `names` in its object, contains the records. */
export function isListName(name: string, names: readonly string[]): boolean {
  return LIST_NAMES.has(name.toLowerCase()) && !hasContent(names);
}

/** Whether an object under `name`, after `names` in its object, may contain the list of records. */
export function isOuterName(name: string, names: readonly string[]): boolean {
  return OUTER_NAMES.has(name.toLowerCase()) && !hasContent(names);
}

/** Returns the records of a value: those of an array or of an object's list, else the value. */
export function recordsIn(value: unknown): { records: unknown[]; header: Record<string, Json> } {
  if (Array.isArray(value) && (value.length === 0 || value.some(isRecord))) {
    return { records: value, header: {} };
  }
  const records = isRecord(value) ? listIn(value) : null;
  if (records === null || !isRecord(value)) return { records: [value], header: {} };
  return { records, header: value };
}

function listIn(value: Record<string, Json>, depth = 1): Json[] | null {
  const names = Object.keys(value);
  for (const name of names) {
    const inner = value[name]!;
    if (Array.isArray(inner) && isListName(name, names)) return inner;
    if (depth < MOST_OUTER && isRecord(inner) && isOuterName(name, names)) {
      const list = listIn(inner, depth + 1);
      if (list !== null) return list;
    }
  }
  return null;
}

function hasContent(names: readonly string[]): boolean {
  return CONTENT_NAMES.some((content) => names.includes(content));
}
