import { type Content, readContent } from "./content.ts";
import type { Paragraph } from "./paragraph.ts";
import { annotate, lexiconFor } from "./readings/annotate.ts";
import { readingStyle } from "./readings/reading_style.ts";
import { type ReadingReason, whyRead } from "./readings/why_read.ts";
import type { ArticleSettings } from "./article_settings.ts";
import { dropAdvertising } from "./steps/advertising.ts";
import { dropChrome } from "./steps/chrome.ts";
import { cutParagraph } from "./steps/cut.ts";
import { dropShort } from "./steps/length.ts";
import { tidyParagraph } from "./steps/tidy.ts";
import { readTitle } from "./title.ts";

/** Each maps a paragraph to its replacements; blank ones are dropped. */
const EDITS: readonly ((text: string, settings: ArticleSettings) => readonly string[])[] = [
  (text) => [tidyParagraph(text)],
  cutParagraph,
];

/** Each returns the reason to drop a paragraph, or null. The first reason counts. */
const FILTERS = [dropChrome, dropShort, dropAdvertising] as const;

/** Why a paragraph is dropped. */
export type DropReason = NonNullable<ReturnType<typeof FILTERS[number]>>;

/** A paragraph after all steps but annotation; kept if `reason` is null. */
export interface CleanParagraph {
  text: string;
  reason: DropReason | null;
}

/** A cleaned article before annotation, with its paragraphs in document order. */
export interface CleanArticle {
  title: string;
  paragraphs: CleanParagraph[];
}

/** The stored result: the title and the kept paragraphs with readings. */
export interface ProcessedArticle {
  title: string;
  paragraphs: string[];
}

/** The result of each paragraph that is not blank. */
export type ExplainedParagraph =
  | { text: string; annotated: string; readingReasons: ReadingReason[]; reason: null }
  | { text: string; annotated: null; reason: DropReason };

export interface ArticleExplanation {
  title: string;
  paragraphs: ExplainedParagraph[];
}

/** Processes an article; returns the result to be stored. */
export function processArticle(raw: Content, settings: ArticleSettings): ProcessedArticle {
  return annotateArticle(cleanArticle(raw, settings), settings, raw.groupId);
}

/** The first stage: parses content into paragraphs, each kept or dropped for a reason. */
export function cleanArticle(raw: Content, settings: ArticleSettings): CleanArticle {
  const paragraphs: CleanParagraph[] = [];
  for (const { text: asItStands, isChrome } of readContent(raw)) {
    for (const text of editText(asItStands, settings)) {
      paragraphs.push({ text, reason: whyDropped({ text, isChrome }, settings) });
    }
  }
  return { title: readTitle(raw), paragraphs };
}

/** The second stage: annotates the kept paragraphs in the style of the article's group. */
export function annotateArticle(
  { title, paragraphs }: CleanArticle,
  settings: ArticleSettings,
  groupId?: number,
): ProcessedArticle {
  const style = readingStyle(settings, groupId);
  const kept = paragraphs.filter(({ reason }) => reason === null);
  return {
    title,
    paragraphs: kept.map(({ text }) => annotate(text, style, settings.reading_words)),
  };
}

/** Runs the steps of `processArticle`; returns the result of every paragraph. */
export function explainArticle(raw: Content, settings: ArticleSettings): ArticleExplanation {
  const { title, paragraphs } = cleanArticle(raw, settings);
  const style = readingStyle(settings, raw.groupId);
  const words = settings.reading_words;
  const explained = paragraphs.map(({ text, reason }): ExplainedParagraph =>
    reason === null
      ? {
        text,
        reason,
        annotated: annotate(text, style, words),
        readingReasons: style === "none" ? [] : whyRead(lexiconFor(words), text),
      }
      : { text, reason, annotated: null }
  );
  return { title, paragraphs: explained };
}

/** Returns why a normalized paragraph is dropped, or null if it is kept. */
export function whyDropped(paragraph: Paragraph, settings: ArticleSettings): DropReason | null {
  for (const filter of FILTERS) {
    const reason = filter(paragraph, settings);
    if (reason !== null) return reason;
  }
  return null;
}

function editText(text: string, settings: ArticleSettings): readonly string[] {
  let texts: readonly string[] = [text];
  for (const edit of EDITS) {
    texts = texts.length === 1
      ? edit(texts[0]!, settings)
      : texts.flatMap((each) => edit(each, settings));
    if (texts.includes("")) texts = texts.filter((edited) => edited !== "");
  }
  return texts;
}
