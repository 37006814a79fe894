import { hash } from "node:crypto";
import { HttpError } from "fresh";
import type { ArticleDetail } from "../../database/article_detail.ts";

/** Returns an article's entity tag (ETag), which changes with any part of the article. */
export function articleEtag(article: ArticleDetail): string {
  return `"${hash("sha256", JSON.stringify(article), "base64url").slice(0, 24)}"`;
}

/** Whether the client already has this version (`If-None-Match`). */
export function isKnown(request: Request, etag: string): boolean {
  return listed(request.headers.get("if-none-match"), etag);
}

/**
 * Throws an `HttpError` 412 if `If-Match` names another version of the article, or the article does not
 * exist.
 */
export function checkMatch(request: Request, article: ArticleDetail | null): void {
  const wanted = request.headers.get("if-match");
  if (wanted === null) return;
  if (article !== null && (wanted.trim() === "*" || listed(wanted, articleEtag(article)))) return;
  throw new HttpError(412, "The article has changed since: If-Match names another version");
}

/** Compression marks a tag as weak; it still identifies the same version. */
function listed(header: string | null, etag: string): boolean {
  return (header ?? "").split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);
}
