import { firstCharacters, hasCharacters } from "../characters.ts";

/** The maximum length of a paragraph in characters. */
export const MAX_PARAGRAPH_LENGTH = 5_000;

/** The positions at which a long paragraph is split, by preference: after a sentence, a clause, a word. */
const PLACES = [
  /(?:[。！？!?…｡]+|[.!?]+(?=["'”’)\]]*\s))["'”’」』）)】\]》]*/g,
  /[；;：:，,、]["'”’」』）)】\]》]*/g,
  /\s/g,
];

/**
 * Splits a paragraph of more than 5,000 characters into several of at most that length, each at the end of
 * its last sentence, else of its last clause or word. Only white space is removed.
 */
export function cutParagraph(text: string): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (hasCharacters(rest, MAX_PARAGRAPH_LENGTH + 1)) {
    const window = firstCharacters(rest, MAX_PARAGRAPH_LENGTH);
    // One more code unit shows whether a period at the window's end ends a sentence.
    const end = endOfPiece(rest.slice(0, window.length + 1), window.length);
    pieces.push(rest.slice(0, end).trim());
    rest = rest.slice(end).trim();
  }
  return [...pieces, rest];
}

/** Returns the last split position up to `most`; `most` itself if there is none. */
function endOfPiece(text: string, most: number): number {
  for (const place of PLACES) {
    let end = 0;
    for (const { index, 0: found } of text.matchAll(place)) {
      if (index + found.length <= most) end = index + found.length;
    }
    if (end > 0) return end;
  }
  return most;
}
