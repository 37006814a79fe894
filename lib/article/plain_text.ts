import { joinBroken } from "./broken_lines.ts";

/** Line terminators of plain text. */
export const LINE_END = /\r\n?|[\n\f\v\u0085\u2028\u2029]/;

/** Returns the paragraphs of plain text, some possibly blank: its lines, joined where a line end cuts a sentence. */
export function readPlainText(text: string): readonly string[] {
  return joinBroken(text.split(LINE_END));
}
