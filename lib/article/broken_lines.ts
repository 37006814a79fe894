import { endsSentence, isFull, mayContinue, widthOf, wrapColumn } from "./wrapped_lines.ts";

/** Four lines in a row may be verse, a dialog or an address if they are short, or similar with a mark at each end. */
const VERSE_LINES = 4;
/** In columns. */
const SHORT = 50;
const LONGEST_VERSE = 80;
/** The least share of the longest line that similar ones have. */
const SIMILAR = 0.4;
/** The least words of a line in Latin script that is taken for a part of a sentence. */
const LEAST_WORDS = 4;

/** A line of classical verse; two of the same length are a couplet. */
const CLASSICAL = /^\p{Script=Han}{4,7}(?:，\p{Script=Han}{4,7})?(?=[，。！？；、]?$)/u;

/** Marks within a sentence, and what opens a bracket. */
const HAN_BREAK = /[\p{Script=Han}”’」』）》][，、；,]$|[（《「『【]$/u;
/** The start of a sentence's next part, rather than of an answer, a label or an entry. */
const HAN_START = /^[\p{Script=Han}\p{L}\d《“‘「『]/u;
const LABEL = /^[^，。、；！？\s]{1,8}[：:]/;
const LATIN_BREAK = /[\p{L}\p{N},'’”")\]-]$/u;
const LOWER_CASE = /^["'“‘(]?\p{Ll}/u;
/** Signs of code, formulas, paths and addresses. */
const CODE = /[=_{}<>\\|#;$`@[\]]|:\/\/|\w\(|\w\.\w/;
const MARK_END = /[\p{P}\p{S}]$/u;
const HYPHENATED = /\p{L}-$/u;

/**
 * Joins the lines of a text that cut a sentence: it was wrapped at a column, or a single line end is within a
 * sentence. A joined paragraph has line breaks in it, except after a hyphen. Verse, lists and dialogs are unchanged.
 */
export function joinBroken(lines: readonly string[]): readonly string[] {
  const continues = continuations(lines);
  if (!continues.includes(true)) return lines;
  const parts: string[][] = [];
  for (const [index, line] of lines.entries()) {
    if (continues[index]) parts.at(-1)!.push(lineBreakAfter(lines[index - 1]!), line);
    else parts.push([line]);
  }
  return parts.map((each) => each.join(""));
}

/** Returns what separates a line from its continuation: nothing after a hyphen. */
export function lineBreakAfter(line: string): string {
  return HYPHENATED.test(line.slice(-2)) ? "" : "\n";
}

/** Returns for each line whether it continues the one before. */
export function continuations(lines: readonly string[]): boolean[] {
  const continues = lines.map(() => false);
  if (lines.length < 2) return continues;
  const column = wrapColumn(lines);
  const isVerse = versesOf(lines);
  for (const [from, to] of blocksOf(lines)) {
    if (to - from < 2) continue;
    // The first line may be a heading.
    const own = column ?? wrapColumn(lines.slice(from, to)) ??
      wrapColumn(lines.slice(from + 1, to));
    for (let at = to - 1; at > from; at--) {
      const line = lines[at - 1]!.trimEnd();
      const next = lines[at]!;
      if (!mayContinue(line, next)) continue;
      const isWrapped = own !== null && isFull(line, next, own);
      const isVersed = own === null && isVerse[at - 1]! && isVerse[at]!;
      const isCut = !isVersed && isCutBetween(line, next, continues[at + 1] ?? false);
      continues[at] = isWrapped || isCut;
    }
  }
  return continues;
}

/** Whether a line end is within a sentence. `isCutAgain`: the next line also continues on another one. */
function isCutBetween(line: string, next: string, isCutAgain: boolean): boolean {
  if (HAN_BREAK.test(line.slice(-3))) {
    return HAN_START.test(next) && !LABEL.test(next) &&
      (isCutAgain || endsSentence(next.trimEnd()));
  }
  return LATIN_BREAK.test(line.slice(-2)) && LOWER_CASE.test(next) && !CODE.test(line) &&
    !CODE.test(next) && line.split(/\s+/, LEAST_WORDS).length === LEAST_WORDS;
}

/** Returns for each line whether it may belong to verse, a dialog or an address, with or without blank lines. */
function versesOf(lines: readonly string[]): boolean[] {
  const isVerse = lines.map(() => false);
  const filled = lines.flatMap((line, at) => {
    const text = line.trim();
    const isMarked = MARK_END.test(text);
    return text === ""
      ? []
      : [{ at, width: widthOf(text), isMarked, classical: classicalOf(text) }];
  });
  for (const [index, { at, classical }] of filled.entries()) {
    const next = filled[index + 1];
    if (classical > 0 && classical === next?.classical) isVerse[at] = isVerse[next.at] = true;
  }
  for (let from = 0; from + VERSE_LINES <= filled.length; from++) {
    const some = filled.slice(from, from + VERSE_LINES);
    const widths = some.map(({ width }) => width);
    const longest = Math.max(...widths);
    const isSimilar = longest <= LONGEST_VERSE && Math.min(...widths) >= SIMILAR * longest &&
      some.every(({ isMarked }) => isMarked);
    if (longest <= SHORT || isSimilar) { for (const { at } of some) isVerse[at] = true; }
  }
  return isVerse;
}

/** Returns the number of characters of a line of classical verse, 0 for another line. */
function classicalOf(text: string): number {
  return CLASSICAL.exec(text)?.[0].length ?? 0;
}

/** Yields the start and end of each block of lines that are not blank. */
function* blocksOf(lines: readonly string[]): Generator<[number, number]> {
  let from = 0;
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && lines[at]!.trim() !== "") continue;
    if (at > from) yield [from, at];
    from = at + 1;
  }
}
