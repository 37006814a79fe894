import type { DropReason } from "./filters.ts";
import type { ArticleExplanation } from "./process.ts";

/** A paragraph of an article, and what became of it. */
export type ComparedParagraph =
  /** `stored`: whether it is among what is stored of the article. */
  | { kind: "kept"; text: string; annotated: string; stored: boolean }
  | { kind: "dropped"; text: string; reason: DropReason };

/** An article's paragraphs in their order, beside what is stored. */
export interface ArticleComparison {
  title: string;
  paragraphs: ComparedParagraph[];
  /** Stored paragraphs that the article would not give by the present settings. */
  outdated: string[];
}

/** Holds what an article gives by the present settings against its stored paragraphs. */
export function compareStored(
  { title, kept, dropped }: ArticleExplanation,
  stored: readonly string[],
): ArticleComparison {
  const left = new Map<string, number>();
  for (const text of stored) left.set(text, (left.get(text) ?? 0) + 1);
  const take = (text: string) => {
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count > 0;
  };
  const placed = [
    ...kept.map(({ position, text, annotated }) => ({
      position,
      paragraph: { kind: "kept" as const, text, annotated, stored: take(annotated) },
    })),
    ...dropped.map(({ position, text, reason }) => ({
      position,
      paragraph: { kind: "dropped" as const, text, reason },
    })),
  ].sort((a, b) => a.position - b.position);
  return {
    title,
    paragraphs: placed.map(({ paragraph }) => paragraph),
    outdated: [...left].flatMap(([text, count]) => Array<string>(Math.max(0, count)).fill(text)),
  };
}
