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
  /** The amount of text in links of `raw`. */
  let rawLinkLength = 0;
  /** Whether each open `<a>` is a link, or only names a place in the text. */
  const anchors: boolean[] = [];
  /**
   * The lines of blocks with `<br>` in a row, since verse may have few in each; null after a line that a blank one
   * or the end of a block follows.
   */
  let lines: (Run | null)[] = [];
  let isAfterBreak = false;
  const joined = new Set<Run>();
  let isPreformatted = false;
  let openLinks = 0;

  const endLines = (ended: readonly (Run | null)[]) => {
    joinRuns(ended, joined);
    lines = [];
  };
  const isWithinLines = () => (lines.at(-1) ?? null) !== null;
  const endLineGroup = () => {
    if (isWithinLines()) lines.push(null);
  };
  /** Ends a line, which its block's next line may continue. */
  const endLine = () => {
    const text = readLine(raw);
    const length = measureText(text);
    if (length > 0) {
      const linkLength = Math.min(length, rawLinkLength);
      const texts = { text, length, linkLength };
      const run: Run = { kind: "run", ...texts, block, isChrome: false, isVerse: false };
      block.children.push(run);
      runs.push(run);
      lines.push(run);
    } else endLineGroup();
    raw = "";
    rawLinkLength = 0;
  };
  const flush = () => {
    if (raw !== "") endLine();
    // A block without `<br>` ends them; its line is the last one.
    if (!isAfterBreak && isWithinLines()) endLines(lines.slice(0, -1));
    else endLineGroup();
    isAfterBreak = false;
  };
  const addText = (text: string) => {
    raw += text;
    if (openLinks > 0) rawLinkLength += measureText(text);
  };
  walkHtml(isFilled ? html.replace(SCRIPT_TEMPLATE, "<div>") : html, {
    open(name, attributes) {
      if (name === "a") {
        const isLink = attributes.has("href") || !(attributes.has("name") || attributes.has("id"));
        anchors.push(isLink);
        if (isLink) openLinks++;
      }
      if (!BLOCKS.has(name)) return;
      if (name === "br" && !isPreformatted) {
        isAfterBreak = true;
        return endLine();
      }
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
      if (!preformatted) return addText(text);
      for (const [at, line] of text.split(LINE_END).entries()) {
        if (at > 0) flush();
        addText(line);
      }
    },
  }, isFilled ? SILENT_IN_FILLED_PAGES : SILENT_IN_PAGES);
  flush();
  endLines(lines);
  for (const block of new Set([...joined].map(({ block }) => block))) {
    block.children = block.children.filter((child) => child.kind === "block" || !joined.has(child));
  }
  return { root, runs: joined.size === 0 ? runs : runs.filter((run) => !joined.has(run)) };
}

/** Joins the lines that cut a sentence to the first of them, and adds the others to `joined`. */
function joinRuns(lines: readonly (Run | null)[], joined: Set<Run>): void {
  if (!lines.some((run, at) => run !== null && (lines[at + 1] ?? null) !== null)) return;
  const continues = continuations(lines.map((run) => run?.text ?? ""));
  let first: Run | null = null;
  let separator = "";
  for (const [index, run] of lines.entries()) {
    const next = run === null ? "" : lineBreakAfter(run.text);
    if (run !== null && first !== null && continues[index]) {
      first.text += separator + run.text;
      first.length += run.length;
      first.linkLength += run.linkLength;
      joined.add(run);
    } else first = run;
    separator = next;
  }
}

function hintsOf(attributes: Attributes): string {
  if (attributes.size === 0) return "";
  const naming = (name: string) => (attributes.get(name) ?? "").slice(0, LONGEST_NAME);
  const id = naming("id");
  return `${naming("class")} ${HEADING_AS_ID.test(id) ? "" : id} ${naming("role")}`.toLowerCase();
}
