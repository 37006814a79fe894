import type { ContentKind } from "./article_fields.ts";
import { BLOCKS } from "./html/elements.ts";
import { decodeEntities } from "./html/entities.ts";
import { readFragment } from "./html/fragment.ts";
import { readMarkup } from "./html/markup.ts";
import { isWholePage } from "./page/is_whole_page.ts";
import type { Paragraph } from "./paragraph.ts";
import { readPage } from "./page/read_page.ts";
import { readPlainText } from "./plain_text.ts";

const ESCAPED_START = /^\s*&lt;([a-z][a-z0-9]*)(?:\s[^<&]*)?&gt;/i;
const ESCAPED_END = /&lt;\/[a-z][a-z0-9]*\s*&gt;\s*$/i;
const LONGEST_END = 100;

/** An article's title and content as submitted. */
export interface Content {
  title: string;
  content: string;
  /** Null or missing if not declared; then detected from tags. */
  contentKind?: ContentKind | null;
  /** Determines the style of the readings; defaults to 1. */
  groupId?: number;
}

/**
 * Returns the raw paragraphs of an article's content: untrimmed, some possibly blank. Plain text is never
 * parsed; undeclared content is plain text unless it contains a known HTML tag.
 */
export function readContent({ content, contentKind }: Content): Paragraph[] {
  if (contentKind === "text") return asParagraphs(readPlainText(content));
  const { html, hasMarkup } = readMarkup(content);
  if (!hasMarkup) {
    const text = decodeEntities(content);
    if (isEscapedMarkup(content)) {
      return readContent({ title: "", content: text, contentKind: "html" });
    }
    return asParagraphs(readPlainText(text));
  }
  if (contentKind === "page" || (contentKind !== "html" && isWholePage(html))) {
    return readPage(html);
  }
  return asParagraphs(readFragment(html));
}

/** Whether a content is HTML that was escaped once too often: an escaped block element from its start to its end. */
function isEscapedMarkup(content: string): boolean {
  const name = ESCAPED_START.exec(content)?.[1]?.toLowerCase();
  return name !== undefined && BLOCKS.has(name) && ESCAPED_END.test(content.slice(-LONGEST_END));
}

function asParagraphs(texts: readonly string[]): Paragraph[] {
  return texts.map((text) => ({ text, isChrome: false }));
}
