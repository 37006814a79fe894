import { z } from "zod";

/** An article as a producer hands it over, checked, not yet stored. */
export interface IncomingArticle {
  /** Its identity at the producer; a second article with the same one is a duplicate. */
  source: string | null;
  title: string;
  /** HTML or plain text; may be empty. */
  content: string;
  /** Null exactly when `group` names the group instead. */
  groupId: number | null;
  group: string | null;
}

/** What became of reading one record. */
export type Reading =
  | { kind: "article"; article: IncomingArticle }
  | { kind: "rejected"; error: string };

/** In UTF-16 code units. Sources and titles are indexed, and an index entry has little room. */
const MAX_TITLE = 500;
const MAX_SOURCE = 800;
const MAX_GROUP = 100;
const MAX_GROUP_ID = 2_147_483_647;

/** Text the database can hold: no NUL, no half of a surrogate pair. */
function text(field: string) {
  return z
    .string({
      error: ({ input }) => input === undefined ? `${field} is missing` : `${field} must be text`,
    })
    .transform((value) => value.replaceAll("\0", "").toWellFormed());
}

function atMost(field: string, length: number) {
  return z.string().max(length, `${field} is longer than ${length} characters`);
}

/** An optional name; empty counts as not given. */
function name(field: string, length: number) {
  return text(field).pipe(atMost(field, length)).nullish().transform((value) => value || null);
}

const groupId = z
  .int({ error: `group_id must be a whole number from 1 to ${MAX_GROUP_ID}` })
  .min(1, `group_id must be a whole number from 1 to ${MAX_GROUP_ID}`)
  .max(MAX_GROUP_ID, `group_id must be a whole number from 1 to ${MAX_GROUP_ID}`)
  .nullish();

/**
 * An article in its JSON form: `title` (at most 500 characters; a poem may have none, so it may be
 * empty) and `content`, both required;
 * `source` (up to 800 characters); and `group_id` (a whole number from 1) or `group` (a name of
 * up to 100 characters), not both, group 1 when neither is given. Null and an empty name count
 * as not given; fields it does not know are ignored. Messages are sentences naming the field.
 */
export const incomingArticle = z
  .object({
    title: text("title").pipe(atMost("title", MAX_TITLE)),
    content: text("content"),
    source: name("source", MAX_SOURCE),
    group_id: groupId,
    group: name("group", MAX_GROUP),
  }, { error: "the article is not a JSON object" })
  .refine((value) => value.group_id == null || value.group === null, {
    error: "group_id and group cannot both be given",
  })
  .transform(({ title, content, source, group_id, group }): IncomingArticle => ({
    source,
    title,
    content,
    groupId: group_id ?? (group === null ? 1 : null),
    group,
  }));

/** Reads an article's JSON form; what is wrong with it is a value, all its faults in one text. */
export function readArticle(value: unknown): Reading {
  const read = incomingArticle.safeParse(value);
  if (read.success) return { kind: "article", article: read.data };
  return { kind: "rejected", error: read.error.issues.map((issue) => issue.message).join("; ") };
}
