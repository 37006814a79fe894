/** The notation of tones: `hang`, `háng` or `hang2`. */
export type SyllableStyle = "plain" | "marks" | "numbers";

/** Combining macron, acute, caron and grave, by tone; without the circumflex of ê. */
const MARKS = ["\u0304", "\u0301", "\u030c", "\u0300"];
const MARK = /[\u0304\u0301\u030c\u0300]/;
/** The letter with the tone mark: a or e, the o of ou, else the last vowel, else the nasal. */
const BEARER = /[aeê]|o(?=u)|[iouü](?=[^aeiouü]*$)|(?<=^h?)[mn](?=g?$)/;

/** `hang2` → `háng`, `lv4` → `lǜ`; a syllable without a number, or with 0 or 5, gets no mark. */
export function toneMarked(syllable: string): string {
  const tone = Number(/[0-5]$/.exec(syllable)?.[0] ?? 0);
  const letters = syllable.replace(/[0-5]$/, "").replace(/^([nl])v/, "$1ü");
  const mark = MARKS[tone - 1];
  return mark === undefined ? letters : letters.replace(BEARER, `$&${mark}`).normalize();
}

/** `háng` → `hang`, `lǜ` → `lv`. */
export function withoutTone(syllable: string): string {
  return syllable.normalize("NFD").replaceAll("u\u0308", "v").replace(MARK, "").replace(
    "u\u0308",
    "v",
  )
    .normalize();
}

/** `háng` → `hang2`, `lǜ` → `lv4`; the neutral tone is 5. */
export function withToneNumber(syllable: string): string {
  const mark = MARK.exec(syllable.normalize("NFD"))?.[0];
  return withoutTone(syllable) + (mark === undefined ? 5 : MARKS.indexOf(mark) + 1);
}

/** Converts a syllable with a tone mark to a style. */
export function styleSyllable(syllable: string, style: SyllableStyle): string {
  switch (style) {
    case "plain":
      return withoutTone(syllable);
    case "marks":
      return syllable;
    case "numbers":
      return withToneNumber(syllable);
  }
}
