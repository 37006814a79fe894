/** The least number of wrapped lines that tell, and the line lengths in columns that programs wrap at. */
const LEAST_LINES = 4;
const SHORTEST = 50;
const LONGEST = 120;
/** The least share of full lines among them, and the maximum share that ends a sentence. */
const MOSTLY_FULL = 0.9;
const MOST_SENTENCES = 0.5;
/** Punctuation that may not start a line makes the line before it shorter. */
const SLACK = 2;

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
const FIRST_WORD =
  /^(?:[\u2e80-\u9fff\uff00-\uff60][，。、；：？！”’）》]*|[^\s\u2e80-\u9fff\uff00-\uff60]+)/;
/** An indented line, or an item of a list, starts a paragraph. */
const START = /^(?:\s|[-*+•·>#|]|\d+[.)、．]|[（(]?[一二三四五六七八九十]+[)）、])/;
const SENTENCE_END = /[。．！？!?…；.;:：][”’」』）》"')]*$/;

/**
 * Joins the lines of a text that was wrapped at some column, as in e-mails and old books, so that a paragraph is one
 * line with line breaks in it. Returns any other lines unchanged.
 */
export function joinWrapped(lines: readonly string[]): readonly string[] {
  if (lines.length <= LEAST_LINES || !areWrapped(lines)) return lines;
  const joined: string[] = [];
  for (const [index, line] of lines.entries()) {
    const continues = index > 0 && isInner(lines[index - 1]!, line);
    if (continues) joined.push(`${joined.pop()}\n${line}`);
    else joined.push(line);
  }
  return joined;
}

function areWrapped(lines: readonly string[]): boolean {
  const inner = lines.flatMap((line, index) => {
    const next = lines[index + 1];
    return next !== undefined && isInner(line, next) ? [{ line: line.trimEnd(), next }] : [];
  });
  if (inner.length < LEAST_LINES) return false;
  const longest = inner.reduce((most, { line }) => Math.max(most, widthOf(line)), 0);
  if (longest < SHORTEST || longest > LONGEST) return false;
  const full = inner.filter(({ line, next }) => {
    const word = FIRST_WORD.exec(next)?.[0] ?? "";
    return widthOf(line) + widthOf(word) + SLACK >= longest;
  });
  const ends = inner.filter(({ line }) => SENTENCE_END.test(line));
  return full.length >= MOSTLY_FULL * inner.length && ends.length <= MOST_SENTENCES * inner.length;
}

/** Whether a paragraph may continue from a line on the next one. */
function isInner(line: string, next: string): boolean {
  return line.trim() !== "" && next.trim() !== "" && !START.test(next);
}

/** Returns the length in columns, of which an East Asian character takes two. */
function widthOf(text: string): number {
  // Longer lines are not wrapped, whatever their length.
  const start = text.slice(0, LONGEST + 1);
  return start.length + (start.match(WIDE)?.length ?? 0);
}
