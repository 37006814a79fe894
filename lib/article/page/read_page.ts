import { readPlainText } from "../plain_text.ts";
import type { Paragraph } from "../paragraph.ts";
import { markChrome } from "./mark_chrome.ts";
import { isProse } from "./measure_blocks.ts";
import { readMetadata } from "./metadata.ts";
import { readPageTree } from "./page_tree.ts";

/**
 * Returns the paragraphs of a whole web page, in document order, with the boilerplate marked. A page without prose,
 * which a script would fill, has the text of its linked data, too.
 */
export function readPage(html: string): Paragraph[] {
  const tree = readPageTree(html);
  markChrome(tree);
  const paragraphs = tree.runs.map(({ text, isChrome }) => ({ text, isChrome }));
  const body = tree.runs.some(isProse) ? null : readMetadata(html).body;
  if (body === null) return paragraphs;
  return [...paragraphs, ...readPlainText(body).map((text) => ({ text, isChrome: false }))];
}
