import type { Block, Run } from "./page_tree.ts";

/** The least number of lines of a verse, and their least length in total; see `measureText`. */
const LEAST_LINES = 4;
const LEAST_LENGTH = 60;
/** A line of a verse is shorter. */
const LONGEST_LINE = 100;
const LINES: ReadonlySet<string> = new Set(["p", "section"]);

/** Marks the lines of verses, which count as prose: successive short lines or paragraphs without links. */
export function markVerse(block: Block): void {
  let lines: Run[] = [];
  const end = () => {
    const length = lines.reduce((sum, line) => sum + line.length, 0);
    if (lines.length >= LEAST_LINES && length >= LEAST_LENGTH) {
      for (const line of lines) line.isVerse = true;
    }
    lines = [];
  };
  for (const child of block.children) {
    const line = lineOf(child);
    if (child.kind === "block" && child.children.length === 0) continue;
    if (line !== null) lines.push(line);
    else {
      end();
      if (child.kind === "block") markVerse(child);
    }
  }
  end();
}

function lineOf(child: Block | Run): Run | null {
  if (child.kind === "block") {
    const [only] = child.children;
    return LINES.has(child.name) && child.children.length === 1 && only?.kind === "run"
      ? lineOf(only)
      : null;
  }
  return child.linkLength === 0 && child.length < LONGEST_LINE ? child : null;
}
