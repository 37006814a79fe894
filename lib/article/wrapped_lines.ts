/** The line lengths in columns that a text is wrapped at; up to `USUAL`, more evidence is needed. */
const NARROWEST = 30;
const USUAL = 50;
const LONGEST = 120;
/** The number of wrapped lines from which on less evidence is enough. */
const MANY_LINES = 4;
/** The least share of full lines among them, and the maximum share that ends a sentence, or at any mark. */
const MOSTLY_FULL = 0.9;
const MOST_SENTENCES = 0.5;
const MOST_MARKS = 0.7;
/** The least share of lines with a mark inside, or in Latin script before a lower-case letter. */
const LEAST_PROSE = 0.5;
/** The most length of the second of two lines, as a share of the first. */
const LAST_OF_TWO = 0.9;
/** Punctuation that may not start a line makes the line before it shorter. */
const SLACK = 2;

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/g;
const FIRST_WORD =
  /^(?:[\u2e80-\u9fff\uff00-\uff60][，。、；：？！”’）》]*|[^\s\u2e80-\u9fff\uff00-\uff60]+)/;
/** An indented line, or an item of a list, starts a paragraph. */
const START = /^(?:\s|[-*+•·>#|]|\d+[.)、．]|[（(]?[一二三四五六七八九十]+[)）、])/;
const SENTENCE_END = /[。．！？!?…；.;:：][”’」』）》"')]*$/;
const MARK = /[\p{P}\p{S}]/u;
const MARK_END = /[\p{P}\p{S}]$/u;
const LOWER_CASE = /^\p{Ll}/u;
const HAN = /\p{Script=Han}/u;

/** Two lines in a row, of which the second may continue the first. */
interface Pair {
  line: string;
  next: string;
}

/**
 * Returns the column that lines were wrapped at, as in e-mails and old books, or null. Nearly every line must be so full
 * that the next word did not fit, and many must end between marks, unlike verse. If there are few or narrow lines, they
 * must look like prose, too: there are marks within the lines, and the last one ends a sentence.
 */
export function wrapColumn(lines: readonly string[]): number | null {
  const pairs = lines.flatMap((line, index): Pair[] => {
    const next = lines[index + 1];
    return next !== undefined && mayContinue(line, next) ? [{ line: line.trimEnd(), next }] : [];
  });
  if (pairs.length === 0) return null;
  const column = pairs.reduce((most, { line }) => Math.max(most, widthOf(line)), 0);
  if (column < NARROWEST || column > LONGEST) return null;
  const share = (test: (pair: Pair) => boolean) => pairs.filter(test).length / pairs.length;
  if (share(({ line, next }) => isFull(line, next, column)) < MOSTLY_FULL) return null;
  if (share(({ line }) => endsSentence(line)) > MOST_SENTENCES) return null;
  if (share(({ line }) => MARK_END.test(line)) > MOST_MARKS) return null;
  const isClear = column >= USUAL && pairs.length >= MANY_LINES;
  return isClear || isProse(lines, pairs, share) ? column : null;
}

function isProse(
  lines: readonly string[],
  pairs: readonly Pair[],
  share: (test: (pair: Pair) => boolean) => number,
): boolean {
  const last = lines.findLast((line) => line.trim() !== "")!.trimEnd();
  if (!endsSentence(last)) return false;
  if (pairs.length === 1 && widthOf(last) > LAST_OF_TWO * widthOf(pairs[0]!.line)) return false;
  const isHan = share(({ line }) => HAN.test(line)) > 0.5;
  if (!isHan) return share(({ next }) => LOWER_CASE.test(next)) >= LEAST_PROSE;
  return share(({ line }) => MARK.test(line.slice(0, -1))) >= LEAST_PROSE && !isRegular(pairs);
}

/** Whether all lines have their marks at the same places, as couplets do. */
function isRegular(pairs: readonly Pair[]): boolean {
  const shapes = pairs.flatMap(({ line, next }) => [line, next]).map((line) =>
    line.trim().replace(/[\p{P}\p{S}]+$/u, "").replace(/[^\p{P}\p{S}]/gu, "x")
  );
  return new Set(shapes).size === 1;
}

/** Whether a line had no room for the first word of the next one. */
export function isFull(line: string, next: string, column: number): boolean {
  const word = FIRST_WORD.exec(next)?.[0] ?? "";
  return widthOf(line.trimEnd()) + widthOf(word) + SLACK >= column;
}

/** Whether a paragraph may continue from a line on the next one: that is neither blank, nor indented, nor an item. */
export function mayContinue(line: string, next: string): boolean {
  return line.trim() !== "" && next.trim() !== "" && !START.test(next);
}

/** Whether a line ends a sentence, or with a colon or semicolon. */
export function endsSentence(line: string): boolean {
  return SENTENCE_END.test(line.slice(-20));
}

/** Returns the length in columns, of which an East Asian character takes two. */
export function widthOf(text: string): number {
  // Longer lines are not wrapped, whatever their length.
  const start = text.slice(0, LONGEST + 1);
  return start.length + (start.match(WIDE)?.length ?? 0);
}
