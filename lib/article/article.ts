import type { ContentKind } from "./article_fields.ts";

/** An article as submitted: a row of `original_articles`. */
export interface RawArticle {
  id: number;
  groupId: number;
  title: string;
  content: string;
  /** Null if not declared: HTML if the content has a tag, else plain text. */
  contentKind: ContentKind | null;
}
