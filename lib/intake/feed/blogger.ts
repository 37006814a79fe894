import type { FeedField } from "./feed_field.ts";

const KIND = /^https?:\/\/schemas\.google\.com\/g\/2005#kind$/;
const DRAFT = /<(?:\w+:)?draft>\s*yes\s*</;

/** Returns why an entry of a Blogger export is not an article; null for a published post or another feed. */
export function whyNoBloggerPost(fields: readonly FeedField[]): string | null {
  const kind = fields.find(isKind)?.attributes.term?.split("#").at(-1);
  if (kind !== undefined && kind !== "post") return `it is a Blogger ${kind}, not a post`;
  const isDraft = fields.some(({ name, text }) => name.endsWith("control") && DRAFT.test(text));
  return isDraft ? "the post is not published: draft" : null;
}

/** Whether a category is the kind of the entry rather than a tag. */
export function isKind({ name, attributes }: FeedField): boolean {
  return name === "category" && KIND.test(attributes.scheme ?? "");
}
