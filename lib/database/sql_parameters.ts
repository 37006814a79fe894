/** The separator between the values of one parameter. */
export const RECORD_SEPARATOR = "\x1e";

/** The separator between the parts of one value. */
export const UNIT_SEPARATOR = "\x1f";

const UNSTORABLE = ["\0", RECORD_SEPARATOR, UNIT_SEPARATOR];

/**
 * Removes characters that cannot be sent or stored: NUL and lone surrogates, which Postgres rejects, and the two
 * separators, which are invisible.
 */
export function storable(text: string): string {
  const valid = text.toWellFormed();
  // Searching costs next to nothing; replacing makes a copy.
  if (!UNSTORABLE.some((character) => valid.includes(character))) return valid;
  return UNSTORABLE.reduce((cleaned, character) => cleaned.replaceAll(character, ""), valid);
}

/**
 * Texts as one parameter, for `string_to_table(…, E'\x1e')`. One long text is far cheaper than an array
 * or JSON on both sides, since nothing in it is escaped. A single empty text becomes no row.
 */
export function joinTexts(texts: string[], separator = RECORD_SEPARATOR): string {
  return texts.map(storable).join(separator);
}

/** Returns numbers as an array literal of Postgres. */
export function arrayLiteral(values: number[]): string {
  return `{${values.join(",")}}`;
}
