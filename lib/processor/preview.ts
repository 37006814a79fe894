import type { ChangedParagraph } from "../article/compare.ts";
import type { Sql } from "../database/postgres_client.ts";
import { recentArticles } from "../database/recent_articles.ts";
import type { Explainer } from "./explainer.ts";
import { articleSettings, type ProcessorSettings, type SettingsPatch } from "../wire/settings.ts";

/** The number of newest articles to compare, and of changed ones to return. */
const LOOKED_AT = 200;
const EXAMPLES = 10;
/** Longer articles are skipped, since a person waits for the preview. */
const MAX_BYTES = 64 * 1024;
const SHOWN_PARAGRAPHS = 20;

/** The effect of other settings on recent articles. */
export interface Preview {
  articles: number;
  changed: number;
  gained: number;
  lost: number;
  /** Paragraphs whose readings differ. */
  reread: number;
  /** The newest changed articles. */
  examples: PreviewedArticle[];
}

export interface PreviewedArticle {
  id: number;
  title: string;
  unchanged: number;
  /** The first of the gained or lost paragraphs. */
  changes: ChangedParagraph[];
  /** The number of further ones. */
  more: number;
}

/** Applies a change of settings to the newest articles without storing it. Throws `DatabaseUnreachableError`. */
export async function previewSettings(
  { sql, explainer }: { sql: Sql; explainer: Explainer },
  before: ProcessorSettings,
  patch: SettingsPatch,
): Promise<Preview> {
  const articles = await recentArticles(sql, { limit: LOOKED_AT, maxBytes: MAX_BYTES });
  const preview: Preview = {
    articles: 0,
    changed: 0,
    gained: 0,
    lost: 0,
    reread: 0,
    examples: [],
  };
  const from = articleSettings(before);
  const to = articleSettings({ ...before, ...patch });
  for (const { id, ...article } of articles) {
    const comparison = await explainer.run({
      kind: "compare",
      article,
      before: from,
      after: to,
    });
    if (comparison === null) continue; // Processing it would exceed the same limits.
    preview.articles++;
    const { changes, unchanged } = comparison;
    for (const { kind } of changes) preview[kind]++;
    if (changes.length > 0) {
      preview.changed++;
      if (preview.examples.length < EXAMPLES) {
        const shown = changes.slice(0, SHOWN_PARAGRAPHS);
        const more = changes.length - shown.length;
        preview.examples.push({ id, title: article.title, unchanged, changes: shown, more });
      }
    }
  }
  return preview;
}
