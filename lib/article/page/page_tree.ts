import { BLOCKS, SILENT, VOID } from "../html/elements.ts";
import { decodeEntities } from "../html/entities.ts";
import { type Attributes, walkHtml } from "../html/walk_html.ts";
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
const NAMING = ["class", "id", "role"];
/** An id of this many words is made from a heading, and describes the topic. */
const HEADING_AS_ID = /^[a-z0-9]+(?:-[a-z0-9]+){4,}$/i;
/** Elements of a page that contain no article text either. */
const SILENT_IN_PAGES: ReadonlySet<string> = new Set([...SILENT, "button", "head"]);

/** Parses a page into blocks and paragraphs. Skips invisible elements. */
export function readPageTree(html: string): PageTree {
  const root: Block = { kind: "block", name: "body", hints: "", parent: null, children: [] };
  const runs: Run[] = [];
  let block = root;
  let raw = "";
  let rawLinks = "";
  /** Whether each open `<a>` is a link, or only names a place in the text. */
  const anchors: boolean[] = [];
  let openLinks = 0;

  const flush = () => {
    if (raw === "") return;
    const text = decodeEntities(raw);
    const length = measureText(text);
    if (length > 0) {
      const linkLength = rawLinks === "" ? 0 : Math.min(length, measureText(rawLinks));
      const run: Run = { kind: "run", text, length, linkLength, block, isChrome: false };
      block.children.push(run);
      runs.push(run);
    }
    raw = "";
    rawLinks = "";
  };
  walkHtml(html, {
    open(name, attributes) {
      if (name === "a") {
        const isLink = attributes.has("href") || !(attributes.has("name") || attributes.has("id"));
        anchors.push(isLink);
        if (isLink) openLinks++;
      }
      if (!BLOCKS.has(name)) return;
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
      const lines = preformatted ? text.split(LINE_END) : [text];
      for (const [at, line] of lines.entries()) {
        if (at > 0) flush();
        raw += line;
        if (openLinks > 0) rawLinks += line;
      }
    },
  }, SILENT_IN_PAGES);
  flush();
  return { root, runs };
}

function hintsOf(attributes: Attributes): string {
  if (attributes.size === 0) return "";
  return NAMING.map((name) => {
    const value = (attributes.get(name) ?? "").slice(0, LONGEST_NAME);
    return name === "id" && HEADING_AS_ID.test(value) ? "" : value;
  }).join(" ").toLowerCase();
}
