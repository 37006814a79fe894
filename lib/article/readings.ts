/** A stretch of an annotated paragraph: plain text, or a character with its reading. */
export type Stretch = { text: string; reading: string | null };

const ANNOTATED = /(\p{Script=Han})\(([a-z]+)\)/gu;

/** Parts an annotated paragraph, as `annotate` makes it, into characters with readings and the rest. */
export function splitReadings(annotated: string): Stretch[] {
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
