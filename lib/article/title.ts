import type { Content } from "./content.ts";
import { decodeEntities } from "./html/entities.ts";
import { readFragment } from "./html/fragment.ts";
import { readMarkup } from "./html/markup.ts";
import { isWholePage } from "./page/is_whole_page.ts";
import { readMetadata } from "./page/metadata.ts";
import { tidyParagraph } from "./steps/tidy.ts";

/** Returns an article's title; for a page submitted without one, the page's own. */
export function readTitle({ title, content, contentKind }: Content): string {
  const given = tidyTitle(title);
  if (given !== "" || contentKind === "text" || contentKind === "html") return given;
  if (contentKind !== "page" && !isWholePage(content)) return given;
  return tidyParagraph(readMetadata(content).title);
}

/** Returns a title that `tidyTitle` reads as this plain text, which may mention tags and entities. */
export function escapeTitle(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (!/[<&]/.test(line) || tidyTitle(line) === tidyParagraph(line)) return line;
  return line.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/**
 * Normalizes a title to one line, decoded and without tags. A tag without an end tag is kept as text: titles
 * mention `<b>` and `List<A>` more often than they contain broken markup.
 */
export function tidyTitle(title: string): string {
  if (!title.includes("<")) return tidyParagraph(decodeEntities(title));
  const { html, hasMarkup } = readMarkup(title);
  const isMarkup = hasMarkup && /<\/[a-z]|<(?:br|wbr|img)\b|<!/i.test(html);
  return tidyParagraph(
    isMarkup ? readFragment(html).map(tidyParagraph).join(" ") : decodeEntities(title),
  );
}
