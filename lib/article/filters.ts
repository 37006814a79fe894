import { hasCharacters } from "./characters.ts";
import { findPhrase } from "./advertising.ts";
import type { ArticleSettings } from "./article.ts";

/** Why a paragraph is left out. */
export type DropReason =
  | { kind: "too_short"; minLength: number }
  /** `phrase` as it stands in the paragraph. */
  | { kind: "advertising"; phrase: string };

/** A paragraph and its place (from 0) among the paragraphs of its article that are not blank. */
export interface PlacedParagraph {
  position: number;
  text: string;
}

export interface DroppedParagraph extends PlacedParagraph {
  reason: DropReason;
}

/** The paragraphs that stay and those that go, each in their order. */
export interface FilteredParagraphs {
  kept: PlacedParagraph[];
  dropped: DroppedParagraph[];
}

/** Parts the tidied paragraphs of one article by the settings. */
export function filterParagraphs(
  paragraphs: readonly string[],
  settings: ArticleSettings,
): FilteredParagraphs {
  const filtered: FilteredParagraphs = { kept: [], dropped: [] };
  for (const [position, text] of paragraphs.entries()) {
    const reason = whyDropped(text, settings);
    if (reason === null) filtered.kept.push({ position, text });
    else filtered.dropped.push({ position, text, reason });
  }
  return filtered;
}

/** Why a tidied paragraph is left out, or null when it stays. */
export function whyDropped(text: string, settings: ArticleSettings): DropReason | null {
  const minLength = settings.minParagraphLength;
  if (!hasCharacters(text, minLength)) return { kind: "too_short", minLength };
  const phrase = findPhrase(text, settings.advertisingPhrases);
  return phrase === null ? null : { kind: "advertising", phrase };
}
