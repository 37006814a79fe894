// White space (tab, line feed …) is folded instead. A soft hyphen is invisible.
// deno-lint-ignore no-control-regex
const CONTROL_CHARACTERS = /[\0-\x08\x0e-\x1f\x7f-\x9f\xad]+/g;
const LINE_END = /[\r\n]/;
const UNFOLDED = /[^\S ]|\s\s/;

/** Characters of scripts without spaces between words, and the marks used only with them. */
const UNSPACED =
  String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Bopomofo}` +
  String.raw`\u3001-\u303f\uff01-\uff60`;
/** Marks that other scripts also use. */
const QUOTES = "“”‘’…—·";
const LINE_END_BETWEEN_HAN = new RegExp(
  `(?<=[${UNSPACED}])[^\\S\\r\\n]*[\\r\\n]\\s*(?=[${UNSPACED}${QUOTES}])|` +
    `(?<=[${QUOTES}])[^\\S\\r\\n]*[\\r\\n]\\s*(?=[${UNSPACED}])`,
  "gu",
);

/**
 * Normalizes a text to one line: drops control characters, folds white space to single spaces, trims. A line
 * break between two Han characters becomes no space, since Chinese has none. A lone surrogate, which
 * Postgres rejects, becomes U+FFFD. Idempotent.
 */
export function tidyParagraph(text: string): string {
  const line = text.toWellFormed().replace(CONTROL_CHARACTERS, "");
  if (!UNFOLDED.test(line)) return line.trim();
  const trimmed = line.trim();
  const joined = LINE_END.test(trimmed) ? trimmed.replace(LINE_END_BETWEEN_HAN, "") : trimmed;
  return joined.replace(/\s+/g, " ");
}
