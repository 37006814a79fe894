/** Stands between the values of one parameter. */
export const RECORD_SEPARATOR = "\x1e";

/** Stands between the parts of one value. */
export const UNIT_SEPARATOR = "\x1f";

const UNSTORABLE = /[\0\x1e\x1f]/g;

/**
 * Text as it can travel and be stored: Postgres has no NUL, and the two separators carry nothing that
 * a reader could see.
 */
export function storable(text: string): string {
  return text.search(UNSTORABLE) < 0 ? text : text.replace(UNSTORABLE, "");
}

/**
 * Texts as one parameter, for `string_to_table(…, E'\x1e')`. One long text is far cheaper than an array
 * or JSON on both sides, for nothing in it is escaped. A single empty text comes out as no row.
 */
export function separated(texts: string[], separator = RECORD_SEPARATOR): string {
  return texts.map(storable).join(separator);
}

/** Numbers as an array literal of Postgres. */
export function numbers(values: number[]): string {
  return `{${values.join(",")}}`;
}
