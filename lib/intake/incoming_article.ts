import { hash } from "node:crypto";
import { type ArticleFields, fieldsFrom } from "../article/article_fields.ts";

/** A validated article that is not stored yet. */
export interface IncomingArticle extends ArticleFields {
  /** The producer's identifiers, best first; possibly none. */
  sources: string[];
  /** May be empty, like `content`. */
  title: string;
  content: string;
  /** Null exactly when `group` names the group instead. */
  groupId: number | null;
  group: string | null;
}

/** The result of reading one record. `notes`: what was truncated, ignored, or is empty. */
export type Reading =
  | { kind: "article"; article: IncomingArticle; notes?: string[] }
  | { kind: "rejected"; error: string }
  /** Valid, but not an article, such as a menu of a WordPress export. */
  | { kind: "skipped"; error: string };

/** In UTF-16 code units. Sources and titles are indexed, and index entries are limited. */
export const MAX_TITLE = 500;
const MAX_SOURCE = 800;
const MAX_GROUP = 100;
const MAX_GROUP_ID = 2_147_483_647;

/** The maximum number of fields of a record: each takes microseconds, and a record could hold a million. */
export const MAX_FIELDS = 10_000;

/** The rejection of a record with more fields. */
export const TOO_MANY_FIELDS = "the record has more than 10,000 fields";

/** The parts of an article that a format's reader has found. */
export interface Draft extends Partial<ArticleFields> {
  title?: string;
  content?: string;
  sources?: (string | null | undefined)[];
  group?: string | null;
  groupId?: number | null;
}

/**
 * Validates a draft. A title over 500 characters is truncated and a source over 800 replaced by its hash; both
 * are kept in full in `extra`. Rejects an invalid group, or two groups.
 */
export function incomingArticle(draft: Draft): Reading {
  const { groupId = null, group = null } = draft;
  if (groupId !== null && group !== null) {
    return { kind: "rejected", error: "group_id and group cannot both be given" };
  }
  if (groupId !== null && !(Number.isInteger(groupId) && groupId > 0 && groupId <= MAX_GROUP_ID)) {
    const error = `group_id must be a whole number from 1 to ${MAX_GROUP_ID}`;
    return { kind: "rejected", error };
  }
  if (group !== null && group.length > MAX_GROUP) {
    return { kind: "rejected", error: `group is longer than ${MAX_GROUP} characters` };
  }
  const notes: string[] = [];
  /** What is kept in full in `extra`. */
  const whole: Record<string, string> = {};
  let title = clean(draft.title ?? "");
  if (title.length > MAX_TITLE) {
    whole.title = title;
    title = title.slice(0, MAX_TITLE).replace(/[\ud800-\udbff]$/, "");
    notes.push(`the title was cut to ${MAX_TITLE} characters; extra has all of it`);
  }
  const content = clean(draft.content ?? "");
  if (!/\S/.test(content)) notes.push("the content is empty");
  const sources: string[] = [];
  for (const given of draft.sources ?? []) {
    let source = clean(given ?? "").trim();
    if (source.length > MAX_SOURCE) {
      whole.source = source;
      source = `sha256:${hash("sha256", source, "hex")}`;
      notes.push(`the source is longer than ${MAX_SOURCE} characters and was replaced by its hash`);
    }
    if (source !== "" && !sources.includes(source)) sources.push(source);
  }
  const article: IncomingArticle = {
    ...fieldsFrom((name) => draft[name]),
    sources,
    title,
    content,
    groupId: groupId ?? (group === null ? 1 : null),
    group,
  };
  if (notes.length === 0) return { kind: "article", article };
  if (Object.keys(whole).length > 0) article.extra = { ...article.extra, ...whole };
  return { kind: "article", article, notes };
}

/** Removes what the database rejects: NUL and lone surrogates. */
function clean(text: string): string {
  const whole = text.includes("\0") ? text.replaceAll("\0", "") : text;
  return whole.isWellFormed() ? whole : whole.toWellFormed();
}
