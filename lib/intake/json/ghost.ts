import type { Json } from "../../article/article_fields.ts";
import { isExcessive, jsonExtent } from "../../runtime/json_extent.ts";
import { editorTextOf, isRecord } from "../record_values.ts";

/** Returns why a record of a Ghost export is not an article; null for a published post or another record. */
export function whyNoGhostPost(
  { mobiledoc, lexical, status, type }: Record<string, Json>,
  { db }: Record<string, Json>,
): string | null {
  if (mobiledoc === undefined && lexical === undefined && !Array.isArray(db)) return null;
  if (typeof type === "string" && type !== "post") return `it is a Ghost ${type}, not a post`;
  if (typeof status !== "string" || status === "published") return null;
  return `the post is not published: ${status}`;
}

/** Returns a post with the text of its editor's document if it has no HTML; any other record as it is. */
export function withEditorText(record: Record<string, Json>): Record<string, Json> {
  const { lexical, html, data } = record;
  if (isRecord(data) && typeof data.lexical === "string") {
    return { ...record, data: withEditorText(data) };
  }
  if (typeof lexical !== "string" || typeof html === "string" && html !== "") return record;
  const content = editorTextOf(documentIn(lexical));
  return content === undefined ? record : { ...record, html: null, content };
}

function documentIn(text: string): Json {
  if (isExcessive(jsonExtent(text))) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
