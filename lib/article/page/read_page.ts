import type { Paragraph } from "../paragraph.ts";
import { markChrome } from "./mark_chrome.ts";
import { readPageTree } from "./page_tree.ts";

/** Returns the paragraphs of a whole web page, in document order, with the boilerplate marked. */
export function readPage(html: string): Paragraph[] {
  const tree = readPageTree(html);
  markChrome(tree);
  return tree.runs.map(({ text, isChrome }) => ({ text, isChrome }));
}
