import { decodeEntities } from "../html/entities.ts";
import { readFragment } from "../html/fragment.ts";
import { readMarkup } from "../html/markup.ts";
import { readPlainText } from "../plain_text.ts";
import type { Paragraph } from "../paragraph.ts";
import { markChrome } from "./mark_chrome.ts";
import { isProse } from "./measure_blocks.ts";
import { measureText } from "./measure_text.ts";
import { readMetadata } from "./metadata.ts";
import { type PageTree, readPageTree } from "./page_tree.ts";

/** With less prose, in letters, a page may have its article where only a script or a program finds it. */
const ENOUGH = 500;
/** An article that is found there has this much more prose than the page. */
const TIMES = 2;

/**
 * Returns the paragraphs of a whole web page, in document order, with the boilerplate marked. A page with little
 * prose, which a script would fill, is read with the content of `noscript` and templates, or has the text of its
 * linked data, too.
 */
export function readPage(html: string): Paragraph[] {
  let { runs, prose } = readMarked(html, false);
  if (prose < ENOUGH && HAS_TEMPLATE.test(html)) {
    const filled = readMarked(html, true);
    if (filled.prose >= Math.max(ENOUGH, prose * TIMES)) ({ runs, prose } = filled);
  }
  const paragraphs = runs.map(({ text, isChrome }) => ({ text, isChrome }));
  const body = prose < ENOUGH * TIMES && HAS_DATA.test(html) ? readMetadata(html).body : null;
  if (body === null) return paragraphs;
  if (prose > 0 && measureText(body) < Math.max(ENOUGH, prose * TIMES)) return paragraphs;
  const texts = textsOf(body);
  const known = new Set(texts.map(fold));
  return [
    ...paragraphs.filter(({ text }) => !known.has(fold(text))),
    ...texts.map((text) => ({ text, isChrome: false })),
  ];
}

const HAS_DATA = /application\/ld\+json/i;
const HAS_TEMPLATE = /<(?:noscript|template)[\s>]|type=["']?text\/(?:x-)?(?:template|html)/i;

/** Reads a page and marks its boilerplate; `prose` is measured in letters. */
function readMarked(html: string, isFilled: boolean): Pick<PageTree, "runs"> & { prose: number } {
  const tree = readPageTree(html, isFilled);
  markChrome(tree);
  const prose = tree.runs.filter((run) => !run.isChrome && isProse(run))
    .reduce((sum, run) => sum + run.length - run.linkLength, 0);
  return { runs: tree.runs, prose };
}

function textsOf(body: string): readonly string[] {
  const { html, hasMarkup } = readMarkup(body);
  return hasMarkup ? readFragment(html) : readPlainText(decodeEntities(body));
}

function fold(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
