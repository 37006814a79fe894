import type { RawArticle } from "../article/article.ts";

/** Small enough to balance the load and to post cheaply, large enough to limit the overhead. */
const MOST_ARTICLES = 20;
/** A worker processes this many characters well within its time limit. */
const MOST_CHARACTERS = 200_000;

/** Splits articles, in order, into parts for workers. A long article gets a separate part. */
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
