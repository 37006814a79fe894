import { joinWrapped } from "./wrapped_lines.ts";

/** Line terminators of plain text. */
export const LINE_END = /\r\n?|[\n\f\v\u0085\u2028\u2029]/;

/** Returns the paragraphs of plain text, some possibly blank: its lines, joined where the text was wrapped. */
export function readPlainText(text: string): readonly string[] {
  return joinWrapped(text.split(LINE_END));
}
