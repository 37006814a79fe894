/** Parses a typed whole or decimal number, also in full-width digits; returns null for anything else. */
export function readNumber(text: string): number | null {
  const plain = text.normalize("NFKC").trim();
  return /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(plain) ? Number(plain) : null;
}

/** Returns the whole number that a step from a text leads to, within bounds. */
export function steppedNumber(
  text: string,
  by: number,
  { least, most }: { least: number; most: number },
): number {
  const from = readNumber(text);
  return from === null ? least : Math.min(most, Math.max(least, Math.round(from) + by));
}
