import type { ArticleSettings } from "../article/article.ts";
import { type ChangedParagraph, compareSettings } from "../article/compare.ts";
import type { Sql } from "../database/client.ts";
import { recentArticles } from "../database/recent_articles.ts";
import { articleSettings, type ProcessorSettings, type SettingsPatch } from "./settings.ts";

/** How many of the newest articles are looked at, and how many of those that change are told of. */
const LOOKED_AT = 200;
const EXAMPLES = 10;
/** Longer articles are not looked at: the preview is made on the thread that serves requests. */
const MAX_BYTES = 64 * 1024;
const TOLD_PARAGRAPHS = 20;
/** How long the thread is held before others have their turn. */
const TURN_MS = 10;

/** What other settings would have made of recent articles. */
export interface Preview {
  articles: number;
  changed: number;
  gained: number;
  lost: number;
  /** The newest articles that change. */
  examples: PreviewedArticle[];
}

export interface PreviewedArticle {
  id: number;
  title: string;
  unchanged: number;
  /** The first of the paragraphs that are gained or lost. */
  changes: ChangedParagraph[];
  /** How many more there are. */
  more: number;
}

/** Tries a change of the settings on the newest articles; changes nothing. Throws `DatabaseUnreachableError`. */
export async function previewSettings(
  sql: Sql,
  before: ProcessorSettings,
  patch: SettingsPatch,
): Promise<Preview> {
  const articles = await recentArticles(sql, { limit: LOOKED_AT, maxBytes: MAX_BYTES });
  const preview: Preview = {
    articles: articles.length,
    changed: 0,
    gained: 0,
    lost: 0,
    examples: [],
  };
  const from = articleSettings(before);
  const to: ArticleSettings = {
    minParagraphLength: patch.min_paragraph_length ?? from.minParagraphLength,
    advertisingPhrases: patch.advertising_phrases ?? from.advertisingPhrases,
  };
  let turnBegan = performance.now();
  for (const { id, title, content } of articles) {
    const { changes, unchanged } = compareSettings({ title, content }, from, to);
    const lost = changes.filter(({ kind }) => kind === "lost").length;
    preview.lost += lost;
    preview.gained += changes.length - lost;
    if (changes.length > 0) {
      preview.changed++;
      if (preview.examples.length < EXAMPLES) {
        const told = changes.slice(0, TOLD_PARAGRAPHS);
        const more = changes.length - told.length;
        preview.examples.push({ id, title, unchanged, changes: told, more });
      }
    }
    if (performance.now() - turnBegan > TURN_MS) {
      await new Promise((resolve) => setTimeout(resolve, 0));
      turnBegan = performance.now();
    }
  }
  return preview;
}
