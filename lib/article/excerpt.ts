import type { ArticleComparison, ComparedParagraph } from "./stored.ts";

/** Limits that keep a page's size below a few megabytes. */
const SHOWN_PARAGRAPHS = 300;
const SHOWN_CHARACTERS = 20_000;

/** The part of a comparison that a page shows, with totals of the whole. */
export interface ComparisonExcerpt {
  paragraphs: ComparedParagraph[];
  outdated: string[];
  /** The numbers of kept and dropped paragraphs of the whole article. */
  kept: number;
  dropped: number;
  /** Whether the stored result differs from that of the current settings. */
  differs: boolean;
}

/** Returns the start of a comparison: at most 300 paragraphs and 20,000 characters in total. */
export function excerpt({ paragraphs, outdated }: ArticleComparison): ComparisonExcerpt {
  const kept = paragraphs.filter((paragraph) => paragraph.kind === "kept");
  return {
    paragraphs: paragraphs.slice(0, readable(paragraphs.map(({ text }) => text))),
    outdated: outdated.slice(0, readable(outdated)),
    kept: kept.length,
    dropped: paragraphs.length - kept.length,
    differs: outdated.length > 0 || kept.some(({ stored }) => !stored),
  };
}

/** Returns how many of the first texts fit; at least one. */
function readable(texts: readonly string[]): number {
  let room = SHOWN_CHARACTERS;
  const end = texts.findIndex((text, at) => at === SHOWN_PARAGRAPHS || (room -= text.length) < 0);
  return end === -1 ? texts.length : Math.max(1, end);
}
