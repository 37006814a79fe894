/**
 * Matches a string in double or single quotes, a comment, a record separator, or a number, a name or a constant, some of
 * which are valid in JSON5, JavaScript or Python only. An open string or comment extends to the end, so that each
 * character is read once.
 */
const TOKEN = new RegExp(
  [
    String.raw`"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)`,
    String.raw`'[^'\\]*(?:\\.[^'\\]*)*(?:'|\\?$)`,
    String.raw`//[^\r\n]*|/\*.*?(?:\*/|$)|[\x1e\f\v\p{Zs}\u2028\u2029\ufeff]+`,
    String.raw`[+-]?(?:\d|\.\d)[\w.]*(?:(?<=[eE])[+-]\d+)?`,
    String
      .raw`[+-]?(?:[\p{L}_$]|\\u[\da-fA-F]{4})(?:[\p{L}\p{N}_$]|\\u[\da-fA-F]{4})*(\s*:)?`,
  ].join("|"),
  "gsu",
);
const TRAILING_COMMA = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?$)|,(?=\s*[\]}])/gs;

// deno-lint-ignore no-control-regex
const CONTROL = /[\0-\x1f]/g;
/**
 * An escape: of JSON, of a byte, of an apostrophe, of a line break; without a group, a backslash that no notation knows, as in
 * a path.
 */
const ESCAPE =
  /\\(?:(["\\/bfnrt]|u[\da-fA-F]{4})|x([\da-fA-F]{2})|(')|(\r\n|[\n\r\u2028\u2029]))?/g;

const HEXADECIMAL = /^([+-]?)(0x[\da-f]+)$/i;
const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(e[+-]?\d+)?$/i;

/** Constants, and what they are in JSON. */
const CONSTANTS: ReadonlyMap<string, string> = new Map([
  ...["NaN", "Infinity", "undefined", "None"].map((name) => [name, "null"] as const),
  ["True", "true"],
  ["False", "false"],
]);

/**
 * Rewrites a text with the syntax of JSON5 or of literals in JavaScript and Python (single quotes, names without quotes,
 * comments, trailing commas, other numbers and constants), and with characters or backslashes that must be escaped, as
 * JSON. Other invalid syntax stays. Takes time linear in the length.
 */
export function relaxed(text: string): string {
  return text.replace(TOKEN, (token: string, colon?: string) => {
    if (/^["']/.test(token)) return withEscapes(token);
    if (/^[+-]?[.\d]/.test(token)) return numberIn(token);
    if (!/^[+-]?[\p{L}_$\\]/u.test(token)) return " ";
    if (colon !== undefined) return `"${token.slice(0, -colon.length)}"${colon}`;
    return CONSTANTS.get(token.replace(/^[+-]/, "")) ?? token;
  }).replace(TRAILING_COMMA, (part) => part === "," ? "" : part);
}

function withEscapes(quoted: string): string {
  const isSingle = quoted.startsWith("'");
  const inner = isSingle
    ? quoted.slice(1, -1).replace(/\\.|"/gs, (part) => part === '"' ? '\\"' : part)
    : quoted;
  const escaped = inner
    .replace(
      ESCAPE,
      (escape, json?: string, hex?: string, apostrophe?: string, lineBreak?: string) =>
        json !== undefined
          ? escape
          : hex !== undefined
          ? `\\u00${hex}`
          : apostrophe ?? (lineBreak === undefined ? "\\\\" : ""),
    )
    .replace(CONTROL, (char) => JSON.stringify(char).slice(1, -1));
  return isSingle ? `"${escaped}"` : escaped;
}

/** Returns a number as JSON writes it; a text if it starts with a zero, as an id may. */
function numberIn(token: string): string {
  const [, sign, digits] = HEXADECIMAL.exec(token) ?? [];
  if (digits !== undefined) return String((sign === "-" ? -1 : 1) * Number(digits));
  const decimal = DECIMAL.exec(token);
  if (decimal === null) return token;
  const [, plus, whole = "", fraction = "", exponent = ""] = decimal;
  if (/^0\d/.test(whole)) return `"${token}"`;
  return `${plus === "-" ? "-" : ""}${whole || "0"}${fraction && `.${fraction}`}${exponent}`;
}
