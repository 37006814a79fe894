import type { IncomingArticle } from "./incoming_article.ts";

/** The maximum length of the titles and contents that one import keeps, in UTF-16 code units. */
const MOST_TEXT = 8 * 1024 * 1024;

/** An article of an import, by its position among all of its articles, from 0. */
export interface PlacedArticle {
  position: number;
  article: IncomingArticle;
}

/** Articles of an import that were not stored, since their source is stored with another text. */
export interface KeptBack {
  add(placed: PlacedArticle): void;
  /** Removes and returns the articles with one of these sources. */
  take(sources: readonly string[]): PlacedArticle[];
}

/** Keeps the latest articles, in bounded memory. */
export function createKeptBack(): KeptBack {
  /** Oldest first. */
  const kept = new Map<number, IncomingArticle>();
  const positions = new Map<string, Set<number>>();
  let size = 0;

  function remove(position: number, article: IncomingArticle) {
    kept.delete(position);
    size -= sizeOf(article);
    for (const source of article.sources) {
      const same = positions.get(source);
      same?.delete(position);
      if (same?.size === 0) positions.delete(source);
    }
  }

  return {
    add({ position, article }) {
      kept.set(position, article);
      size += sizeOf(article);
      for (const source of article.sources) {
        positions.set(source, (positions.get(source) ?? new Set()).add(position));
      }
      for (const [oldest, article] of kept) {
        if (size <= MOST_TEXT) break;
        remove(oldest, article);
      }
    },
    take(sources) {
      const found = new Set(sources.flatMap((source) => [...positions.get(source) ?? []]));
      return [...found].map((position) => {
        const article = kept.get(position)!;
        remove(position, article);
        return { position, article };
      });
    },
  };
}

function sizeOf({ title, content }: IncomingArticle): number {
  return title.length + content.length;
}
