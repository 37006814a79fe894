import type { ArticleSettings, RawArticle } from "./article.ts";
import { type DroppedParagraph, filterParagraphs, type PlacedParagraph } from "./filters.ts";
import { TooDeepError, toParagraphs } from "./html.ts";
import { tidyParagraph } from "./paragraphs.ts";
import { annotate } from "./pinyin.ts";
import { tidyTitle } from "./title.ts";

/** What is stored of an article: its title, and its kept paragraphs with their readings. */
export interface ProcessedArticle {
  title: string;
  paragraphs: string[];
}

/** An article half-way: cleaned, not annotated. */
export interface CleanArticle {
  title: string;
  kept: PlacedParagraph[];
  dropped: DroppedParagraph[];
}

/** What became of each paragraph of an article, for people to look at. */
export interface ArticleExplanation {
  title: string;
  kept: (PlacedParagraph & { annotated: string })[];
  dropped: DroppedParagraph[];
}

type Content = Pick<RawArticle, "title" | "content">;

/** An article as it is stored. */
export function processArticle(raw: Content, settings: ArticleSettings): ProcessedArticle {
  return annotateArticle(cleanArticle(raw, settings));
}

/** The first stage: from HTML or text to the paragraphs that stay and those that go. Throws `TooDeepError`. */
export function cleanArticle(raw: Content, settings: ArticleSettings): CleanArticle {
  const paragraphs = toParagraphs(raw.content)
    .map(tidyParagraph)
    .filter((paragraph) => paragraph !== "");
  return { title: tidyTitle(raw.title), ...filterParagraphs(paragraphs, settings) };
}

/** The second stage: readings for what stays. */
export function annotateArticle({ title, kept }: CleanArticle): ProcessedArticle {
  return { title, paragraphs: kept.map(({ text }) => annotate(text)) };
}

/** The first stage for people to look at: where it throws `TooDeepError`, there are no paragraphs. */
export function cleanForReading(raw: Content, settings: ArticleSettings): CleanArticle {
  try {
    return cleanArticle(raw, settings);
  } catch (error) {
    if (error instanceof TooDeepError) {
      return { title: tidyTitle(raw.title), kept: [], dropped: [] };
    }
    throw error;
  }
}

/** The same steps as `processArticle`, with every paragraph accounted for. */
export function explainArticle(raw: Content, settings: ArticleSettings): ArticleExplanation {
  const { title, kept, dropped } = cleanForReading(raw, settings);
  return { title, kept: kept.map((one) => ({ ...one, annotated: annotate(one.text) })), dropped };
}
