import type { RawArticle } from "../article/article.ts";

/** Small enough to share a batch out evenly and to post it back cheaply, large enough to be few. */
const MOST_ARTICLES = 20;
/** A worker computes this much well within its patience. */
const MOST_CHARACTERS = 200_000;

/** Splits articles, in order, into parts for one worker each. A long article is a part of its own. */
export function splitBatch(articles: readonly RawArticle[]): RawArticle[][] {
  const parts: RawArticle[][] = [];
  let part: RawArticle[] = [];
  let characters = 0;
  for (const article of articles) {
    const length = article.title.length + article.content.length;
    if (part.length === MOST_ARTICLES || characters + length > MOST_CHARACTERS) {
      if (part.length > 0) parts.push(part);
      part = [];
      characters = 0;
    }
    part.push(article);
    characters += length;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
