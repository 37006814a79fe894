import { continuations, lineBreakAfter } from "../broken_lines.ts";
import { BLOCKS, SILENT, VOID } from "../html/elements.ts";
import { readLine } from "../html/fragment.ts";
import type { Attributes } from "../html/tokenize_html.ts";
import { walkHtml } from "../html/walk_html.ts";
import { LINE_END } from "../plain_text.ts";
import { measureText } from "./measure_text.ts";

/** A paragraph of a page, with the features that distinguish articles from boilerplate. */
export interface Run {
  kind: "run";
  text: string;
  /** The amount of text, in total and in links; see `measureText`. */
  length: number;
  linkLength: number;
  block: Block;
  isChrome: boolean;
  /** Set by `markVerse`. */
  isVerse: boolean;
}

/** A line of a block. */
type Line = Pick<Run, "text" | "length" | "linkLength">;

/** A block element. */
export interface Block {
  kind: "block";
  name: string;
  /** Class, id and role, in lower case; the role, if any, is the last word. */
  hints: string;
  parent: Block | null;
  children: (Block | Run)[];
}

/** The blocks and paragraphs of a page, in document order. */
export interface PageTree {
  root: Block;
  runs: Run[];
}

/** Longer class and id values are ignored. */
const LONGEST_NAME = 200;
const NAMING = ["class", "id", "role"];
/** An id of this many words is made from a heading, and describes the topic. */
const HEADING_AS_ID = /^[a-z0-9]+(?:-[a-z0-9]+){4,}$/i;
/** Elements of a page that contain no article text either. */
const SILENT_IN_PAGES: ReadonlySet<string> = new Set([...SILENT, "button", "head"]);

/** Elements whose content a page shows without scripts, or that its script copies into the page. */
const FILLING: ReadonlySet<string> = new Set(["noscript", "template"]);
const SILENT_IN_FILLED_PAGES = SILENT_IN_PAGES.difference(FILLING);
/** The start tag of a script that is a template. */
const SCRIPT_TEMPLATE =
  /<script\s(?:[^<>]{0,200}\s)?type\s*=\s*["']?text\/(?:x-)?(?:template|html)["']?[^<>]{0,200}>/gi;

/**
 * Parses a page into blocks and paragraphs. Skips invisible elements, except, if `isFilled`, `noscript` and
 * templates.
 */
export function readPageTree(html: string, isFilled = false): PageTree {
  const root: Block = { kind: "block", name: "body", hints: "", parent: null, children: [] };
  const runs: Run[] = [];
  let block = root;
  let raw = "";
  let rawLinks = "";
  /** Whether each open `<a>` is a link, or only names a place in the text. */
  const anchors: boolean[] = [];
  let lines: Line[] = [];
  let isPreformatted = false;
  let openLinks = 0;

  /** Ends a line at `<br>`; its block's next line may continue it. */
  const endLine = () => {
    const text = readLine(raw);
    const length = measureText(text);
    const linkLength = rawLinks === "" ? 0 : Math.min(length, measureText(rawLinks));
    lines.push({ text, length, linkLength });
    raw = "";
    rawLinks = "";
  };
  const flush = () => {
    if (raw !== "") endLine();
    for (const line of joinedLines(lines)) {
      if (line.length === 0) continue;
      const run: Run = { kind: "run", ...line, block, isChrome: false, isVerse: false };
      block.children.push(run);
      runs.push(run);
    }
    lines = [];
  };
  walkHtml(isFilled ? html.replace(SCRIPT_TEMPLATE, "<div>") : html, {
    open(name, attributes) {
      if (name === "a") {
        const isLink = attributes.has("href") || !(attributes.has("name") || attributes.has("id"));
        anchors.push(isLink);
        if (isLink) openLinks++;
      }
      if (!BLOCKS.has(name)) return;
      if (name === "br" && !isPreformatted) return endLine();
      flush();
      if (VOID.has(name)) return;
      const child: Block = {
        kind: "block",
        name,
        hints: hintsOf(attributes),
        parent: block,
        children: [],
      };
      block.children.push(child);
      block = child;
    },
    close(name) {
      if (name === "a" && anchors.pop()) openLinks--;
      if (!BLOCKS.has(name)) return;
      flush();
      block = block.parent ?? root;
    },
    text(text, preformatted) {
      isPreformatted = preformatted;
      const texts = preformatted ? text.split(LINE_END) : [text];
      for (const [at, line] of texts.entries()) {
        if (at > 0) flush();
        raw += line;
        if (openLinks > 0) rawLinks += line;
      }
    },
  }, isFilled ? SILENT_IN_FILLED_PAGES : SILENT_IN_PAGES);
  flush();
  return { root, runs };
}

/** Joins the lines of a block that cut a sentence. */
function joinedLines(lines: readonly Line[]): readonly Line[] {
  if (lines.length < 2) return lines;
  const continues = continuations(lines.map(({ text }) => text));
  const joined: Line[][] = [];
  for (const [index, line] of lines.entries()) {
    if (continues[index]) joined.at(-1)!.push(line);
    else joined.push([line]);
  }
  return joined.map((parts) => ({
    text: parts.map(({ text }, at) => (at === 0 ? "" : lineBreakAfter(parts[at - 1]!.text)) + text)
      .join(""),
    length: parts.reduce((sum, { length }) => sum + length, 0),
    linkLength: parts.reduce((sum, { linkLength }) => sum + linkLength, 0),
  }));
}

function hintsOf(attributes: Attributes): string {
  if (attributes.size === 0) return "";
  return NAMING.map((name) => {
    const value = (attributes.get(name) ?? "").slice(0, LONGEST_NAME);
    return name === "id" && HEADING_AS_ID.test(value) ? "" : value;
  }).join(" ").toLowerCase();
}
