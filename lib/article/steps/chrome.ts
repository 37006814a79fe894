import type { Paragraph } from "../paragraph.ts";
import type { ArticleSettings } from "../article_settings.ts";

/** Dropped as boilerplate of the page. */
export interface Chrome {
  kind: "chrome";
}

/** Drops a whole page's boilerplate. */
export function dropChrome({ isChrome }: Paragraph, settings: ArticleSettings): Chrome | null {
  return isChrome && settings.extraction === "auto" ? { kind: "chrome" } : null;
}
