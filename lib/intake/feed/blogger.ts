import type { FeedField } from "./feed_field.ts";

const KIND = /^https?:\/\/schemas\.google\.com\/g\/2005#kind$/;
/** Kinds of other Google feeds, such as YouTube's videos, have terms of other hosts. */
const TERM = /^https?:\/\/schemas\.google\.com\/blogger\/\d+\/kind#(\w+)$/;
const DRAFT = /<(?:\w+:)?draft>\s*yes\s*</;

/** Returns why an entry of a Blogger export is not an article; null for a published post or another feed. */
export function whyNoBloggerPost(fields: readonly FeedField[]): string | null {
  const kind = TERM.exec(fields.find(isKind)?.attributes.term ?? "")?.[1];
  if (kind !== undefined && kind !== "post") return `it is a Blogger ${kind}, not a post`;
  const isDraft = fields.some(({ name, text }) => name.endsWith("control") && DRAFT.test(text));
  return isDraft ? "the post is not published: draft" : null;
}

/** Whether a category is the kind of the entry rather than a tag. */
export function isKind({ name, attributes }: FeedField): boolean {
  return name === "category" && KIND.test(attributes.scheme ?? "");
}
