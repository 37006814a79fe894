import { findCore } from "./find_core.ts";
import { type Hint, hintOf } from "./hints.ts";
import { isProse, measureBlocks, type Size } from "./measure_blocks.ts";
import { markVerse } from "./mark_verse.ts";
import { isCommentsHeading, isNotice } from "./notices.ts";
import type { Block, PageTree, Run } from "./page_tree.ts";

/** The amount of prose, in letters, that suffices for an article, regardless of its share of the page. */
const ENOUGH = 500;
const ENOUGH_BESIDE_COMMENTS = 400;
/** The minimum share of the page's prose that must remain after removing chrome, by certainty of its name. */
const LEFT = { part: 0.3, chrome: 0.7, suspect: 0.7, comments: 0.1 };
/** A block with half of the page's text is not a menu, whatever its name. */
const MOST_TEXT = 0.5;
/** The article's region contains this share of the remaining prose. */
const REGION = 0.95;
/** A paragraph is no region, so that short ones beside the only long one stay. */
const PARAGRAPHS: ReadonlySet<string> = new Set(["p", "li", "dd", "blockquote", "pre"]);
const LINKED = 0.6;
const LISTS: ReadonlySet<string> = new Set(["ul", "ol", "dl"]);
const HEADINGS: ReadonlySet<string> = new Set(["h2", "h3", "h4", "h5", "h6"]);
const COLON_END = /[:：]\s*$/;
/** Links in these elements are citations or data. */
const CITING: ReadonlySet<string> = new Set(["blockquote", "pre", "tbody", "tr", "td"]);

/**
 * Marks boilerplate paragraphs in four steps: blocks that are menus, comments etc. by element or name;
 * everything but prose outside the region that contains nearly all prose; lists of links in that region;
 * headings whose content was removed, and notices. In doubt, a paragraph belongs to the article: a block is
 * kept if too little prose would remain without it, or if it contains the article's most likely position.
 */
export function markChrome({ root, runs }: PageTree): void {
  markVerse(root);
  const sizes = measureBlocks(root);
  const total = sizes.get(root)!;
  if (total.prose === 0) return;
  strip(root, { sizes, total, core: findCore(root, runs), left: total.prose });

  const left = measureBlocks(root);
  const region = narrow(root, left);
  const inside = runsOf(region);
  const isInside = new Set(inside);
  for (const [at, run] of runs.entries()) {
    if (isInside.has(run) || isProse(run) || run.block.name === "h1") continue;
    if (!isHeadingOf(run, runs[at + 1])) run.isChrome = true;
  }
  markLinkLists(region, left);
  markEnd(inside.filter((run) => !run.isChrome));
}

interface Stripping {
  sizes: ReadonlyMap<Block, Size>;
  total: Size;
  core: ReadonlySet<Block>;
  /** The prose that has not been stripped so far. */
  left: number;
}

function strip(block: Block, stripping: Stripping) {
  for (const child of block.children) {
    if (child.kind === "run") continue;
    const size = stripping.sizes.get(child)!;
    if (size.length === 0) continue;
    const hint = hintOf(child) ?? hintOfStart(child);
    if (!stripping.core.has(child) && isStripped(hint, size, stripping)) {
      for (const run of runsOf(child)) run.isChrome = true;
      stripping.left -= size.prose;
    } else strip(child, stripping);
  }
}

/** Classifies a block by its first line: one that is headed “Comments” has them. */
function hintOfStart(block: Block): Hint {
  let first: Block | Run | undefined = block;
  while (first?.kind === "block") first = first.children.find(isFilled);
  return first !== undefined && isCommentsHeading(first.text) ? "comments" : null;
}

function isFilled(child: Block | Run): boolean {
  return child.kind === "run" || child.children.length > 0;
}

function isStripped(hint: Hint, size: Size, { total, left }: Stripping): boolean {
  if (hint === null) return false;
  const isLeft = left - size.prose >=
    Math.min(hint === "comments" ? ENOUGH_BESIDE_COMMENTS : ENOUGH, total.prose * LEFT[hint]);
  switch (hint) {
    case "comments":
      return isLeft;
    case "part":
    case "chrome":
      return size.prose === 0 ? size.length < total.length * MOST_TEXT : isLeft;
    case "suspect":
      return size.prose === 0
        ? size.linkLength > size.length * 0.3
        : size.linkLength > size.length * 0.5 && isLeft;
  }
}

/** Returns the innermost block with nearly all of the prose. */
function narrow(block: Block, sizes: ReadonlyMap<Block, Size>): Block {
  const prose = sizes.get(block)!.prose;
  let region = block;
  for (let next: Block | undefined = block; next !== undefined;) {
    region = next;
    next = region.children.find((child) =>
      child.kind === "block" && !PARAGRAPHS.has(child.name) &&
      sizes.get(child)!.prose >= prose * REGION
    ) as Block | undefined;
  }
  return region;
}

function markLinkLists(block: Block, sizes: ReadonlyMap<Block, Size>) {
  const last = block.children.findLastIndex((child) =>
    isProseParagraph(child) ||
    child.kind === "block" && LISTS.has(child.name) && sizes.get(child)!.prose > 0
  );
  for (const [at, child] of block.children.entries()) {
    if (child.kind === "run") continue;
    const { runs, length, linkLength, prose } = sizes.get(child)!;
    const isList = runs > 2 && prose === 0 && linkLength > length * LINKED;
    if (!isList || CITING.has(child.name)) markLinkLists(child, sizes);
    else if (
      !isIntroduced(child, block.children[at - 1], last > at) &&
      !(sizes.get(block)!.prose > 0 && isIntroducedItem(child))
    ) {
      runsOf(child).forEach((run) => run.isChrome = true);
    }
  }
}

/** Whether a list of links is part of the text: announced by a line with a colon, or in a section within the prose. */
function isIntroduced(
  list: Block,
  before: Block | Run | undefined,
  isProseAfter: boolean,
): boolean {
  if (!LISTS.has(list.name) || before === undefined || hintOf(list) !== null) return false;
  const run = before.kind === "run"
    ? before
    : before.children.findLast((one) => one.kind === "run");
  if (run === undefined || run.isChrome || isNotice(run.text)) return false;
  if (HEADINGS.has(run.block.name)) return isProseAfter && run.linkLength === 0;
  return COLON_END.test(run.text) && (isProseAfter || isProseParagraph(before));
}

/** Whether an item of a list is a list that a line with a colon announces. */
function isIntroducedItem({ name, children: [first] }: Block): boolean {
  return name === "li" && first?.kind === "run" && first.linkLength === 0 &&
    COLON_END.test(first.text) && !isNotice(first.text);
}

/** Whether a run is the heading of prose outside of the region, which is kept. */
function isHeadingOf({ block }: Run, next: Run | undefined): boolean {
  return HEADINGS.has(block.name) && next !== undefined && !next.isChrome && isProse(next) &&
    next.block.parent === block.parent;
}

/** Whether a paragraph next to a heading, though no prose, belongs to it. */
function isFollowed({ block }: Run, next: Run | undefined): boolean {
  return next !== undefined && next.block.name === "p" && next.block.parent === block.parent &&
    next.linkLength === 0 && hintOf(next.block) === null;
}

/** Whether the paragraphs before and after a heading are prose in the same block. */
function isBetweenProse({ parent }: Block, runs: readonly Run[], at: number): boolean {
  return [runs[at - 1], runs[at + 1]].every((run) =>
    run !== undefined && isProse(run) &&
    [run.block, run.block.parent, run.block.name === "li" && run.block.parent?.parent]
      .includes(parent)
  );
}

function isProseParagraph(child: Block | Run): boolean {
  return child.kind === "run" ? isProse(child) : PARAGRAPHS.has(child.name) &&
    child.children.some((one) => one.kind === "run" && isProse(one));
}

/** Marks headings after the last prose, headings that are links, and notices. */
function markEnd(runs: readonly Run[]) {
  const last = runs.findLastIndex(isProse);
  for (const [at, run] of runs.entries()) {
    const isHeading = HEADINGS.has(run.block.name);
    const isTeaser = run.linkLength >= run.length * 0.9 && !isBetweenProse(run.block, runs, at);
    const isLast = at > last && !isFollowed(run, runs[at + 1]);
    if ((isHeading && (isLast || isTeaser)) || isNotice(run.text)) run.isChrome = true;
  }
}

function runsOf(block: Block, found: Run[] = []): Run[] {
  for (const child of block.children) {
    if (child.kind === "run") found.push(child);
    else runsOf(child, found);
  }
  return found;
}
