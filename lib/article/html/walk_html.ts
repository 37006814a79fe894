import {
  BLOCKS,
  IMPLIED_ENDS,
  PREFORMATTED,
  SCOPES,
  SILENT,
  TABLE_PARTS,
  VOID,
} from "./elements.ts";
import { type Attributes, NO_ATTRIBUTES, tokenizeHtml } from "./tokenize_html.ts";

/** Callbacks in document order, with elements properly nested. None is called inside hidden elements. */
export interface HtmlVisitor {
  /** Void elements have no `close`. */
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  /** Called with raw text, not decoded. `preformatted`: line breaks are significant. */
  text(raw: string, preformatted: boolean): void;
}

/** The maximum nesting depth; a deeper element replaces the innermost one. */
export const MAX_DEPTH = 512;

const NO_DISPLAY = /(?:^|[;\s])display\s*:\s*none/i;
const INVISIBLE = /(?:^|[;\s])visibility\s*:\s*(?:hidden|collapse)/i;
/** A place far outside of the window, or a box of a pixel. */
const OUT_OF_SIGHT =
  /(?:^|[;\s])(?:text-indent|(?:margin-)?(?:left|top))\s*:\s*-(?:999|\d{4,})(?:\.\d+)?(?:px|r?em)|^(?=.*(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|$)).*overflow\s*:\s*hidden/i;
/** Elements that a page's script makes visible once it has loaded; the first is WeChat's. */
const REVEALED: ReadonlySet<string> = new Set([
  ...["js_content", "app", "root", "__next", "__nuxt", "page", "wrapper", "container"],
  ...["main", "content", "article"],
]);
const PREFORMATTED_STYLE = /white-space\s*:\s*(?:pre|break-spaces)/i;
/** The elements of a page's head; any other one ends it. */
const IN_HEAD: ReadonlySet<string> = new Set(
  "head title meta link base basefont bgsound style script noscript template".split(" "),
);
/** Content after these end tags still belongs to the body. */
const NEVER_ENDS: ReadonlySet<string> = new Set(["html", "body"]);

interface OpenElement {
  name: string;
  /** The number of open blocks, including this element. */
  blocks: number;
  /** The index of the scope boundary that contains this element, or is it. */
  scope: number;
  preformatted: boolean;
}

/** A hidden element, with the elements that are open in it. */
interface HiddenElement {
  name: string;
  open: Map<string, number>;
  depth: number;
}

/**
 * Parses HTML in which every "<" starts markup (see `readMarkup`), as browsers do: missing end tags are
 * implied, unmatched ones are ignored. Invisible elements are skipped: those with `hidden`, `aria-hidden`
 * or a style that hides them, and those of `SILENT` with `silent`. Takes linear time for any input.
 */
export function walkHtml(
  html: string,
  visitor: HtmlVisitor,
  silent: ReadonlySet<string> = SILENT,
): void {
  const stack: OpenElement[] = [];
  /** The positions in the stack, by element name. */
  const places = new Map<string, number[]>();
  let hidden: HiddenElement | null = null;

  const pop = () => {
    const { name } = stack.pop()!;
    places.get(name)!.pop();
    visitor.close(name);
  };
  const push = (name: string, attributes: Attributes) => {
    const at = stack.length;
    const top = stack[at - 1];
    stack.push({
      name,
      blocks: (top?.blocks ?? 0) + (BLOCKS.has(name) ? 1 : 0),
      scope: SCOPES.has(name) ? at : top?.scope ?? -1,
      preformatted: (top?.preformatted ?? false) || isPreformatted(name, attributes),
    });
    const known = places.get(name);
    if (known === undefined) places.set(name, [at]);
    else known.push(at);
  };
  const open = (name: string, attributes: Attributes, isClosed: boolean) => {
    if (hidden !== null) {
      if (hidden.depth === 0 && isEnded(hidden.name, name)) hidden = null;
      else {
        if (!isClosed && !VOID.has(name)) {
          hidden.open.set(name, (hidden.open.get(name) ?? 0) + 1);
          hidden.depth++;
        }
        return;
      }
    }
    if (NEVER_ENDS.has(name) && (places.get(name)?.length ?? 0) > 0) return;
    const ended = IMPLIED_ENDS.get(name);
    if (ended !== undefined) {
      while (stack.length > 0 && ended.has(stack.at(-1)!.name)) pop();
    }
    const isVoid = VOID.has(name);
    if (
      (silent.has(name) && !isShadowRoot(name, attributes)) ||
      (attributes !== NO_ATTRIBUTES && isHidden(name, attributes))
    ) {
      if (!isVoid && !isClosed) hidden = { name, open: new Map(), depth: 0 };
      return;
    }
    if (!isVoid && stack.length === MAX_DEPTH) pop();
    visitor.open(name, attributes);
    if (isVoid) return;
    push(name, attributes);
    if (isClosed) pop();
  };
  const close = (name: string) => {
    if (hidden !== null) {
      const inside = hidden.open.get(name) ?? 0;
      if (inside > 0) {
        hidden.open.set(name, inside - 1);
        hidden.depth--;
        return;
      }
      if (name === hidden.name) {
        hidden = null;
        return;
      }
    }
    if (NEVER_ENDS.has(name)) return;
    const at = places.get(name)?.at(-1);
    const top = stack.at(-1);
    if (at === undefined || top === undefined) {
      if (BLOCKS.has(name)) breakAt(name);
      return;
    }
    // An end tag does not close a cell's content from outside, nor an inline end tag a block inside it.
    if (at < top.scope && !TABLE_PARTS.has(name)) return;
    if (!BLOCKS.has(name) && top.blocks > stack[at]!.blocks) return;
    hidden = null;
    while (stack.length > at) pop();
  };
  /** An end tag without a start tag still ends a paragraph, as its author intended. */
  const breakAt = (name: string) => {
    visitor.open(name, NO_ATTRIBUTES);
    if (!VOID.has(name)) visitor.close(name);
  };

  tokenizeHtml(html, {
    open,
    close,
    text(raw) {
      if (hidden === null) visitor.text(raw, stack.at(-1)?.preformatted ?? false);
    },
  });
  while (stack.length > 0) pop();
}

/** Whether an element without an end tag ends at the start of another one. */
function isEnded(hidden: string, name: string): boolean {
  return (IMPLIED_ENDS.get(name)?.has(hidden) ?? false) ||
    hidden === "head" && !IN_HEAD.has(name);
}

/** Whether a template is the visible content of the element around it. */
function isShadowRoot(name: string, attributes: Attributes): boolean {
  return name === "template" && attributes.has("shadowrootmode");
}

function isHidden(name: string, attributes: Attributes): boolean {
  if (name === "body" || name === "html") return false;
  return (attributes.has("hidden") && attributes.get("hidden") !== "until-found") ||
    attributes.get("aria-hidden")?.trim().toLowerCase() === "true" ||
    (name === "dialog" && !attributes.has("open")) ||
    isHiddenByStyle(name, attributes);
}

function isHiddenByStyle(name: string, attributes: Attributes): boolean {
  const style = attributes.get("style");
  if (style === undefined) return false;
  if (NO_DISPLAY.test(style) || OUT_OF_SIGHT.test(style)) return true;
  return INVISIBLE.test(style) &&
    !REVEALED.has(name) && !REVEALED.has(attributes.get("id")?.toLowerCase() ?? "");
}

function isPreformatted(name: string, attributes: Attributes): boolean {
  return PREFORMATTED.has(name) || PREFORMATTED_STYLE.test(attributes.get("style") ?? "");
}
