/** Line terminators of plain text. */
export const LINE_END = /\r\n?|[\n\f\v\u0085\u2028\u2029]/;

/** Returns the lines of plain text as paragraphs, some possibly blank. */
export function readPlainText(text: string): string[] {
  return text.split(LINE_END);
}
