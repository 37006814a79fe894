import type { ArticleSettings, RawArticle } from "./article.ts";
import type { DropReason } from "./filters.ts";
import { cleanForReading } from "./process.ts";

/** A paragraph that one of two settings keeps and the other leaves out, and why. */
export interface ChangedParagraph {
  kind: "gained" | "lost";
  /** Its place (from 0) among the paragraphs of its article that are not blank. */
  position: number;
  text: string;
  reason: DropReason;
}

/** What other settings would make of an article, in its order. */
export interface SettingsComparison {
  changes: ChangedParagraph[];
  /** Paragraphs that both keep. */
  unchanged: number;
}

/** Holds what an article becomes by one settings against what it becomes by others. */
export function compareSettings(
  raw: Pick<RawArticle, "title" | "content">,
  before: ArticleSettings,
  after: ArticleSettings,
): SettingsComparison {
  const [old, fresh] = [cleanForReading(raw, before), cleanForReading(raw, after)];
  const lost = fresh.dropped.filter(keptBy(old.kept)).map((one) =>
    ({ kind: "lost", ...one }) as const
  );
  const gained = old.dropped.filter(keptBy(fresh.kept))
    .map((one) => ({ kind: "gained", ...one }) as const);
  return {
    changes: [...lost, ...gained].sort((a, b) => a.position - b.position),
    unchanged: old.kept.length - lost.length,
  };
}

function keptBy(kept: readonly { position: number }[]) {
  const positions = new Set(kept.map(({ position }) => position));
  return ({ position }: { position: number }) => positions.has(position);
}
