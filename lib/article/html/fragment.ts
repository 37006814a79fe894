import { joinBroken } from "../broken_lines.ts";
import { LINE_END } from "../plain_text.ts";
import { BLOCKS, VOID } from "./elements.ts";
import { decodeEntities } from "./entities.ts";
import { isSpace } from "./tokenize_html.ts";
import { walkHtml } from "./walk_html.ts";

const BLANK_LINE = /(?:\r\n?|\n)[^\S\r\n]*(?:\r\n?|\n)\s*/;

/**
 * Returns the raw, decoded paragraphs of HTML, some possibly blank. Blocks and `<br>` end a paragraph, unless
 * `<br>` cuts a sentence, as does a line break in preformatted text or in content without blocks. Outside of blocks, as
 * in a blog editor's unwrapped text, a blank line does.
 */
export function readFragment(html: string): string[] {
  const paragraphs: string[] = [];
  /** The lines of blocks with `<br>` in a row, since verse may have few in each; an empty one ends a block. */
  let lines: string[] = [];
  let raw = "";
  let isAfterBreak = false;
  let isPreformatted = false;
  let openBlocks = 0;
  let hasBlock = false;

  const endLines = () => {
    if (lines.length === 0) return;
    paragraphs.push(...joinBroken(lines).filter((text) => text !== ""));
    lines = [];
  };
  const flush = () => {
    if (isAfterBreak) lines.push(readLine(raw), "");
    else if (raw !== "") {
      const text = decodeEntities(raw);
      if (/\S/.test(text)) endLines();
      paragraphs.push(text);
    }
    raw = "";
    isAfterBreak = false;
  };
  const addLines = (text: string, end: RegExp) => {
    const [first = "", ...others] = text.split(end);
    raw += first;
    for (const line of others) {
      flush();
      raw = line;
    }
  };
  walkHtml(html, {
    open(name) {
      if (!BLOCKS.has(name)) return;
      hasBlock = true;
      if (name === "br" && !isPreformatted) {
        lines.push(readLine(raw));
        raw = "";
        isAfterBreak = true;
        return;
      }
      flush();
      if (!VOID.has(name)) openBlocks++;
    },
    close(name) {
      if (!BLOCKS.has(name)) return;
      flush();
      openBlocks--;
    },
    text(text, preformatted) {
      isPreformatted = preformatted;
      if (preformatted) addLines(text, LINE_END);
      else if (openBlocks === 0) addLines(text, BLANK_LINE);
      else raw += text;
    },
  });
  flush();
  endLines();
  return hasBlock ? paragraphs : paragraphs.flatMap((paragraph) => paragraph.split(LINE_END));
}

/** Decodes a line up to a `<br>`. The white space around it is no indentation, unless it is written as entities. */
export function readLine(raw: string): string {
  let start = 0;
  while (isSpace(raw.charCodeAt(start))) start++;
  return decodeEntities(raw.slice(start).trimEnd());
}
