/** A segment of an annotated paragraph: plain text, or a character with its reading. */
export type Stretch = { text: string; reading: string | null };

/** A character with its variation selector, if any. */
const CHARACTER = /\p{Script=Han}(?:[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])?|[^]/gu;
const READING = /\((\p{Script=Latin}+[1-5]?)\)/uy;
const ANNOTATED =
  /(\p{Script=Han}(?:[\ufe00-\ufe0f\u{e0100}-\u{e01ef}])?)\((\p{Script=Latin}+[1-5]?)\)/gu;

/**
 * Splits an annotated paragraph into characters with readings and plain text.
 *
 * @param source The paragraph without readings, which distinguishes the text's own brackets from readings.
 * Without it, brackets right after a Han character are its reading.
 */
export function splitReadings(annotated: string, source?: string): Stretch[] {
  return (source === undefined ? null : splitBySource(annotated, source)) ?? splitByForm(annotated);
}

/** Walks through both in parallel; returns null if `text` is not an annotation of `source`. */
function splitBySource(annotated: string, source: string): Stretch[] | null {
  const stretches: Stretch[] = [];
  let rest = "";
  let at = 0;
  let from = 0;
  const flush = () => {
    if (rest !== "") stretches.push({ text: rest, reading: null });
    rest = "";
  };
  for (const [character] of source.matchAll(CHARACTER)) {
    if (!annotated.startsWith(character, at)) return null;
    at += character.length;
    from += character.length;
    READING.lastIndex = at;
    const found = READING.exec(annotated);
    // If the source also has a bracket here, this one is a reading only if the source's bracket follows it.
    const isReading = found !== null &&
      annotated.length - at - found[0].length >= source.length - from &&
      /\p{Script=Han}/u.test(character) &&
      (!source.startsWith(found[0], from) || annotated.startsWith(found[0], READING.lastIndex));
    if (!isReading) {
      rest += character;
      continue;
    }
    flush();
    stretches.push({ text: character, reading: found[1]! });
    at += found[0].length;
  }
  flush();
  return at === annotated.length ? stretches : null;
}

function splitByForm(annotated: string): Stretch[] {
  const stretches: Stretch[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: text = "", 2: reading = "" } of annotated.matchAll(ANNOTATED)) {
    if (index > end) stretches.push({ text: annotated.slice(end, index), reading: null });
    stretches.push({ text, reading });
    end = index + whole.length;
  }
  if (end < annotated.length) stretches.push({ text: annotated.slice(end), reading: null });
  return stretches;
}
