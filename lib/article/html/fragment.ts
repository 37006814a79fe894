import { LINE_END } from "../plain_text.ts";
import { BLOCKS, VOID } from "./elements.ts";
import { decodeEntities } from "./entities.ts";
import { walkHtml } from "./walk_html.ts";

const BLANK_LINE = /(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*/;

/**
 * Returns the raw, decoded paragraphs of HTML, some possibly blank. Blocks and `<br>` end a paragraph, as
 * does a line break in preformatted text or in content without blocks. Outside of blocks, as in a blog
 * editor's unwrapped text, a blank line does.
 */
export function readFragment(html: string): string[] {
  const paragraphs: string[] = [];
  let raw = "";
  let openBlocks = 0;
  let hasBlock = false;

  const flush = () => {
    if (raw !== "") paragraphs.push(decodeEntities(raw));
    raw = "";
  };
  const addLines = (text: string, end: RegExp) => {
    const [first = "", ...lines] = text.split(end);
    raw += first;
    for (const line of lines) {
      flush();
      raw = line;
    }
  };
  walkHtml(html, {
    open(name) {
      if (!BLOCKS.has(name)) return;
      flush();
      hasBlock = true;
      if (!VOID.has(name)) openBlocks++;
    },
    close(name) {
      if (!BLOCKS.has(name)) return;
      flush();
      openBlocks--;
    },
    text(text, preformatted) {
      if (preformatted) addLines(text, LINE_END);
      else if (openBlocks === 0) addLines(text, BLANK_LINE);
      else raw += text;
    },
  });
  flush();
  return hasBlock ? paragraphs : paragraphs.flatMap((paragraph) => paragraph.split(LINE_END));
}
