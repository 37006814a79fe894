import { hash } from "node:crypto";
import { HttpError } from "fresh";
import type { ArticleDetail } from "../../database/article_detail.ts";
import { namesTag } from "../entity_tags.ts";

/** Returns an article's entity tag (ETag), which changes with any part of the article. */
export function articleEtag(article: ArticleDetail): string {
  return `"${hash("sha256", JSON.stringify(article), "base64url").slice(0, 24)}"`;
}

/**
 * Throws an `HttpError` 412 if `If-Match` names another version of the article, or the article does not exist; or if
 * `If-None-Match` names its version, or is `*` and it exists.
 */
export function checkMatch(request: Request, article: ArticleDetail | null): void {
  const [wanted, unwanted] = ["if-match", "if-none-match"].map((name) => request.headers.get(name));
  const isNamed = (list: string) => article !== null && namesTag(list, articleEtag(article));
  if (typeof wanted === "string" && !isNamed(wanted)) {
    throw new HttpError(
      412,
      article === null
        ? "The article does not exist, which If-Match requires"
        : "The article has changed since: If-Match names another version",
    );
  }
  if (typeof unwanted === "string" && isNamed(unwanted)) {
    throw new HttpError(
      412,
      "The article is stored already, in a version that If-None-Match names",
    );
  }
}

/** Whether a request has a condition that `checkMatch` tests; only then the article has to be read. */
export function isConditional({ headers }: Request): boolean {
  return headers.has("if-match") || headers.has("if-none-match");
}
