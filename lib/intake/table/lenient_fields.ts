/**
 * Parses a record that violates RFC 4180: quotes within a field that are not doubled, or escaped by a
 * backslash, text after a quoted field, or spaces around it. In tables with tabs, an unclosed quote is text.
 * The last of the `columns` fields extends to the record's end. Returns null if the record is ambiguous.
 */
export function lenientFields(text: string, delimiter: string, columns: number): string[] | null {
  const fields: string[] = [];
  /** Whether no quote closes a field from here on, so that each search does not read the rest again. */
  let areOpen = false;
  for (let from = 0; from <= text.length;) {
    if (fields.length > columns) return null;
    const start = afterSpaces(text, from, delimiter);
    const isLast = fields.length === columns - 1;
    const isQuoted: boolean = text[start] === '"' && (isLast || !areOpen);
    const end: number | null = isQuoted ? closingQuote(text, start + 1, delimiter, isLast) : null;
    areOpen ||= isQuoted && end === null;
    if (end !== null) {
      fields.push(text.slice(start + 1, end).replace(/""|\\"/g, '"'));
      from = afterSpaces(text, end + 1, delimiter) + 1;
      continue;
    }
    const next = text.indexOf(delimiter, from);
    const field = text.slice(from, next === -1 ? text.length : next);
    const isOpen = text[start] === '"' && !field.slice(start - from + 1).includes('"');
    if (isOpen && delimiter !== "\t") return null;
    fields.push(field);
    from += field.length + 1;
  }
  return fields;
}

/** Returns the closing quote: the first one before a delimiter, if one is expected, or before the end. */
function closingQuote(
  text: string,
  from: number,
  delimiter: string,
  isLast: boolean,
): number | null {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 1)) {
    const next = afterSpaces(text, at + 1, delimiter);
    if (next === text.length) return at;
    if (text[next] === delimiter && !isLast && text[at - 1] !== "\\") return at;
    if (text[at + 1] === '"' && text[at - 1] !== "\\") at++;
  }
  return null;
}

function afterSpaces(text: string, from: number, delimiter: string): number {
  let at = from;
  while (text[at] === " " && delimiter !== " ") at++;
  return at;
}
