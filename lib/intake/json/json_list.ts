import type { Json } from "../../article/article_fields.ts";
import { isRecord } from "../record_values.ts";
import { withoutWrapper } from "../record_wrapper.ts";

/** Names of lists of records in an object, such as an API's response. */
const LIST_NAMES: ReadonlySet<string> = new Set([
  "articles",
  "children",
  "data",
  "docs",
  "documents",
  "edges",
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
  "stories",
  "topics",
  "tweets",
  "value",
].map((name) => name.toLowerCase()));

/** Names of the objects around a list: `{"data": {"list": [` …. */
const OUTER_NAMES: ReadonlySet<string> = new Set([
  ...["channel", "data", "db", "feed", "hits", "page", "payload", "response", "result", "results"],
  ...["rss", ...LIST_NAMES],
]);
/** The maximum number of nested objects and arrays around a list. */
export const MOST_OUTER = 5;

/** An object with one of these names is itself a record. */
const CONTENT_NAMES: ReadonlySet<string> = new Set([
  ...["content", "content_html", "content_text", "text", "body", "html", "selftext"],
  // As the scanner of bytes reads them, too.
  ...["正文", "内容"].flatMap((name) => [name, inLatin1(name)]),
]);
/** Names in a record, which the object around keyed records does not have. */
const RECORD_NAMES: ReadonlySet<string> = new Set([
  ...["id", "_id", "url", "link", "title", "author", "date", "标题", inLatin1("标题")],
]);
/** An id, a slug or a title: not the usual name of a part of an article, which is a plain word. */
const KEY = /[^A-Za-z_]/;

/** Whether a list under `name` contains the records, in an object that has no content. */
export function isListName(name: string): boolean {
  return LIST_NAMES.has(name.toLowerCase());
}

/** Whether an object or array under `name` may contain the list of records, in an object that has no content. */
export function isOuterName(name: string): boolean {
  return OUTER_NAMES.has(name.toLowerCase());
}

/** Whether an object under `name` may be a record with that key, in an object without parts of a record. */
export function isKey(name: string): boolean {
  return KEY.test(name);
}

/** Whether a member with this name is the content of a record. */
export function isContentName(name: string): boolean {
  return CONTENT_NAMES.has(name);
}

/** Whether a member with this name is a part of a record, so that the object around keyed records does not have it. */
export function isPartName(name: string): boolean {
  return CONTENT_NAMES.has(name) || RECORD_NAMES.has(name);
}

/** The least number of parts without a content that make an object a record, such as a title and a link. */
const LEAST_PARTS = 2;

/** Whether an object is a record itself, with or without a content. */
export function isRecordItself(value: Record<string, Json>): boolean {
  return hasContent(value) || Object.keys(value).filter(isPartName).length >= LEAST_PARTS;
}

/** Whether an object has a content. */
export function hasContent(value: Record<string, Json>): boolean {
  return Object.keys(value).some(isContentName);
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
  if (hasContent(value)) return null;
  for (const name of Object.keys(value)) {
    const inner = value[name]!;
    if (Array.isArray(inner) && isListName(name)) return inner;
    if (depth < MOST_OUTER && isRecord(inner) && isOuterName(name)) {
      const list = listIn(inner, depth + 1);
      if (list !== null) return list;
    }
  }
  return null;
}

/**
 * Returns the records within a value that is none itself: in lists and objects under any names, or an object's
 * values. Records under a key keep it.
 */
export function innerRecords(value: Json, depth = MOST_OUTER): Json[] {
  if (depth === 0 || typeof value !== "object" || value === null) return [];
  const members: Json[] = Array.isArray(value)
    ? value
    : Object.entries(value).map(([key, member]) =>
      isArticle(member) ? withKey(key, member as Record<string, Json>) : member
    );
  return members.some(isArticle)
    ? members.filter((member) => Array.isArray(value) ? isRecord(member) : isArticle(member))
    : members.flatMap((member) => innerRecords(member, depth - 1));
}

/** Returns a record with its key, which is its title if it has none and the key is Chinese. */
export function withKey(key: string, record: Record<string, Json>): Record<string, Json> {
  return /\p{Script=Han}/u.test(key) ? { title: key, ...record } : { key, ...record };
}

function isArticle(value: Json): boolean {
  return isRecord(value) && hasContent(withoutWrapper(value));
}

/** The text that the UTF-8 bytes of `name` are in Latin-1. */
function inLatin1(name: string): string {
  return new TextDecoder("latin1").decode(new TextEncoder().encode(name));
}
