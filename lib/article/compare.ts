import type { Content } from "./content.ts";
import { cleanArticle, type CleanParagraph, type DropReason } from "./process.ts";
import { annotate } from "./readings/annotate.ts";
import { readingStyle } from "./readings/reading_style.ts";
import type { ArticleSettings } from "./article_settings.ts";

/** A difference between the paragraphs under the current and under other settings. */
export type ChangedParagraph = HadByOne | Reread;

/** A paragraph that is kept under one of the settings only. */
interface HadByOne {
  kind: "gained" | "lost";
  /** Its index among the article's paragraphs that are not blank. */
  position: number;
  text: string;
  /** Why the other settings drop it; null if they do not have it at all, such as after another split. */
  reason: DropReason | null;
}

/** A paragraph that both keep, with different readings. */
interface Reread {
  kind: "reread";
  position: number;
  text: string;
  after: string;
}

/** The differences that other settings would make to an article, in document order. */
export interface SettingsComparison {
  changes: ChangedParagraph[];
  /** The number of paragraphs that both keep unchanged. */
  unchanged: number;
}

/** Compares the paragraphs of an article under two settings. */
export function compareSettings(
  raw: Content,
  before: ArticleSettings,
  after: ArticleSettings,
): SettingsComparison {
  const [old, fresh] = [cleanArticle(raw, before).paragraphs, cleanArticle(raw, after).paragraphs];
  const lost = keptByOne("lost", old, fresh);
  const gained = keptByOne("gained", fresh, old);
  const left = new Set(lost.map(({ position }) => position));
  const reread = old.flatMap(({ text, reason }, position): Reread[] => {
    if (reason !== null || left.has(position)) return [];
    const [now, then] = [before, after].map((settings) =>
      annotate(text, readingStyle(settings, raw.groupId), settings.reading_words)
    );
    return now === then ? [] : [{ kind: "reread", position, text: now!, after: then! }];
  });
  const kept = old.filter(({ reason }) => reason === null).length;
  return {
    changes: [...lost, ...gained, ...reread].sort((a, b) => a.position - b.position),
    unchanged: kept - lost.length - reread.length,
  };
}

/** Returns the paragraphs kept in `some` but not in `others`, as multisets of texts. */
function keptByOne(
  kind: HadByOne["kind"],
  some: readonly CleanParagraph[],
  others: readonly CleanParagraph[],
): HadByOne[] {
  const counts = new Map<string, number>();
  const reasons = new Map<string, DropReason>();
  for (const { text, reason } of others) {
    if (reason === null) counts.set(text, (counts.get(text) ?? 0) + 1);
    else reasons.set(text, reason);
  }
  return some.flatMap(({ text, reason }, position): HadByOne[] => {
    if (reason !== null) return [];
    const count = counts.get(text) ?? 0;
    counts.set(text, count - 1);
    return count > 0 ? [] : [{ kind, position, text, reason: reasons.get(text) ?? null }];
  });
}
