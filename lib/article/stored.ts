import type { ArticleExplanation, DropReason } from "./process.ts";
import type { ReadingReason } from "./readings/why_read.ts";

/** A paragraph of an article with its result. */
export type ComparedParagraph =
  /** `stored`: whether the database contains it. */
  | {
    kind: "kept";
    text: string;
    annotated: string;
    readingReasons: ReadingReason[];
    stored: boolean;
  }
  | { kind: "dropped"; text: string; reason: DropReason };

/** An article's paragraphs in document order, compared with the stored ones. */
export interface ArticleComparison {
  title: string;
  paragraphs: ComparedParagraph[];
  /** Stored paragraphs that the current settings would not produce. */
  outdated: string[];
}

/** Compares an article's result under the current settings with its stored paragraphs. */
export function compareStored(
  { title, paragraphs }: ArticleExplanation,
  stored: readonly string[],
): ArticleComparison {
  const left = new Map<string, number>();
  for (const text of stored) left.set(text, (left.get(text) ?? 0) + 1);
  const take = (text: string) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0;
  };
  return {
    title,
    paragraphs: paragraphs.map((each): ComparedParagraph => {
      if (each.reason !== null) return { kind: "dropped", text: each.text, reason: each.reason };
      const { text, annotated, readingReasons } = each;
      return { kind: "kept", text, annotated, readingReasons, stored: take(annotated) };
    }),
    outdated: [...left].flatMap(([text, count]) => Array<string>(Math.max(0, count)).fill(text)),
  };
}
