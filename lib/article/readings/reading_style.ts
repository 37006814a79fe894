import type { ArticleSettings } from "../article_settings.ts";
import { groupOf } from "./group_line.ts";
import type { ReadingStyle } from "./annotate.ts";

/** The default group. */
const DEFAULT_GROUP = 1;

/** Returns the style of a group's articles: its own, or the default one. */
export function readingStyle(
  { reading_style, reading_styles_by_group }: ArticleSettings,
  groupId = DEFAULT_GROUP,
): ReadingStyle {
  const line = reading_styles_by_group.find((line) => groupOf(line) === String(groupId));
  const own = line?.slice(line.indexOf(" ") + 1);
  return STYLES.find((style) => style === own) ?? reading_style;
}

const STYLES: readonly ReadingStyle[] = ["plain", "marks", "numbers", "none"];
