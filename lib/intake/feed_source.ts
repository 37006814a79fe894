/** Globally unique URIs: `post:1` is none, nor a URL on the author's machine. */
const UNIVERSAL = /^(?:https?:\/\/(?!localhost\b|127\.|10\.|192\.168\.)|(?:urn|tag|doi|info):)\S/i;

/**
 * Returns the source of a feed's entry: its id if that is a URI and so globally unique; else the id together
 * with the feed's, since many feeds number their entries from 1. Null if there is neither.
 */
export function feedSource(id: string | null | undefined, feed: string | null): string | null {
  const own = id?.trim() ?? "";
  if (own === "") return null;
  if (UNIVERSAL.test(own)) return own;
  return feed === null ? null : `${feed}#${own}`;
}
