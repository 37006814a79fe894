import type { Block, Run } from "./page_tree.ts";

/** The amounts of text in a block and its descendants; see `measureText`. */
export interface Size {
  runs: number;
  length: number;
  linkLength: number;
  /** In prose paragraphs only, without links. */
  prose: number;
}

const SENTENCE = /[.!?。！？…][\s"'”’」』)）\]]|[.!?。！？…]$|[,;，；、]/;
const SHORTEST_PROSE = 25;
/** A text of this length is prose regardless of its punctuation. */
const CERTAIN_PROSE = 120;
const MOST_LINKED = 0.4;

/** Whether a paragraph is prose: sentences, not mostly links, or a line of a verse. */
export function isProse({ text, length, linkLength, isVerse }: Run): boolean {
  if (isVerse) return true;
  if (length < SHORTEST_PROSE || linkLength > length * MOST_LINKED) return false;
  return length >= CERTAIN_PROSE || SENTENCE.test(text);
}

/** Measures each block by its unmarked paragraphs. */
export function measureBlocks(root: Block): Map<Block, Size> {
  const sizes = new Map<Block, Size>();
  measureBlock(root, sizes);
  return sizes;
}

function measureBlock(block: Block, sizes: Map<Block, Size>): Size {
  const size = { runs: 0, length: 0, linkLength: 0, prose: 0 };
  for (const child of block.children) {
    if (child.kind === "run") addRun(size, child);
    else {
      const part = measureBlock(child, sizes);
      size.runs += part.runs;
      size.length += part.length;
      size.linkLength += part.linkLength;
      size.prose += part.prose;
    }
  }
  sizes.set(block, size);
  return size;
}

function addRun(size: Size, run: Run) {
  if (run.isChrome) return;
  size.runs++;
  size.length += run.length;
  size.linkLength += run.linkLength;
  if (isProse(run)) size.prose += run.length - run.linkLength;
}
