import type { Json } from "../article/article_fields.ts";
import { USUAL_NAMES, usualName } from "./field_map.ts";
import { isRecord } from "./record_values.ts";

/** Names of the article in records of search engines, social networks and APIs. */
const WRAPPERS = [
  ...["_source", "fields", "attributes", "data", "object", "node", "tweet", "article", "post"],
  ...["status", "doc", "document", "item", "record"],
];

const CONTENT_NAMES = new Set(USUAL_NAMES.content);

/** Returns the article in a record that only wraps it, with the other fields; else the record itself. */
export function withoutWrapper(record: Record<string, Json>): Record<string, Json> {
  if (hasContent(record)) return record;
  for (const name of WRAPPERS) {
    if (!isRecord(record[name])) continue;
    const { [name]: inner, ...rest } = record;
    if (isRecord(inner) && hasContent(inner)) return { ...rest, ...inner };
  }
  return record;
}

function hasContent(record: Record<string, Json>): boolean {
  for (const name of Object.keys(record)) {
    const isWrapper = WRAPPERS.includes(name) && isRecord(record[name]);
    if (record[name] !== null && !isWrapper && CONTENT_NAMES.has(usualName(name))) return true;
  }
  return false;
}
