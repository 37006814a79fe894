/** A text without invisible characters. */
export interface BareText {
  bare: string;
  /** The position in the text, by code unit of `bare`; null if the texts are equal. */
  places: number[] | null;
}

/** Soft hyphen, joiners, zero-width spaces, bidi marks, variation selectors. */
const INVISIBLE =
  /[\u00ad\u034f\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff]|\udb40[\udd00-\uddef]/;
const ALL_INVISIBLE = new RegExp(INVISIBLE, "g");
const VARIATION = /[\ufe00-\ufe0f\u180b-\u180d]|\udb40[\udd00-\uddef]/y;

/** Removes invisible characters, which do not separate words. */
export function bareText(text: string): BareText {
  if (!INVISIBLE.test(text)) return { bare: text, places: null };
  const places: number[] = [];
  let bare = "";
  let end = 0;
  const take = (start: number, next: number) => {
    bare += text.slice(start, next);
    for (let at = start; at < next; at++) places.push(at);
  };
  for (const { index, 0: invisible } of text.matchAll(ALL_INVISIBLE)) {
    take(end, index);
    end = index + invisible.length;
  }
  take(end, text.length);
  return { bare, places };
}

/** Returns the end of the character at `at`, including a variation selector. */
export function endOfVariation(text: string, at: number): number {
  VARIATION.lastIndex = at + 1;
  return VARIATION.test(text) ? VARIATION.lastIndex : at + 1;
}
