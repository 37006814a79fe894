import { NO_FIELDS } from "../../lib/article/article_fields.ts";
import type { IncomingArticle } from "../../lib/intake/incoming_article.ts";

/** An article as a format's parser yields it, with defaults for all fields not given. */
export function incoming(given: Partial<IncomingArticle> = {}): IncomingArticle {
  return { ...NO_FIELDS, sources: [], title: "t", content: "c", groupId: 1, group: null, ...given };
}
