import { rowLength } from "./row_length.ts";
import type { Columns } from "./columns.ts";

/** A row's fields, perhaps fewer than the columns or more, and what differs from the header; or why it is rejected. */
export type FittedRow = { fields: string[]; note: string | null } | { error: string };

/**
 * Fits a row to the columns. Surplus fields come from delimiters within a field without quotes, mostly the content: they
 * are joined to it if no other field can have them. A row that can be read in several ways is rejected, so that no part
 * of a content becomes another field.
 */
export function fitRow(
  given: string[],
  { names, content }: Columns,
  { text, delimiter }: { text: string; delimiter: string },
): FittedRow {
  const counts = rowLength(given.length, names.length);
  if (given.length < names.length) {
    const missing = names.slice(given.length);
    return { fields: given, note: missing.some((name) => name !== "") ? counts : null };
  }
  const last = given.findLastIndex((field) => field.trim() !== "");
  const length = Math.max(names.length, last + 1);
  const fields = given.slice(0, length);
  if (length === names.length) return { fields, note: null };
  const raw = rawFields(text.replace(/\r?\n$/, ""), delimiter).slice(0, length);
  const isQuoted = (field: string) => field.trimStart().startsWith('"');
  if (raw.length !== length) {
    return { error: `${counts}; a field that contains the delimiter must be quoted` };
  }
  if (!raw.some(isQuoted)) {
    const joined = joinedBeforeSpaces(raw, delimiter);
    const isRead = joined.length === names.length &&
      joined.slice(content + 1).every((field) => !field.includes(delimiter));
    if (isRead) {
      return { fields: joined, note: `${counts}; delimiters before a space were read as text` };
    }
  }
  const surplus = length - names.length;
  if (content === names.length - 1 && !raw.slice(content).some(isQuoted)) {
    const whole = raw.slice(content).join(delimiter);
    return {
      fields: [...fields.slice(0, content), whole],
      note: `${counts}; the others were read as part of the content`,
    };
  }
  const isExact = raw.every((field, at) => at === 0 || isQuoted(field) || isQuoted(raw[at - 1]!));
  const isAtEnd = fields.slice(-surplus).every((field) => field.length <= fields[content]!.length);
  if (isExact && isAtEnd) return { fields, note: `${counts}; the others were kept in extra` };
  return { error: `${counts}; a field that contains the delimiter must be quoted` };
}

/** Joins fields at delimiters that a space follows, as in prose. */
function joinedBeforeSpaces(raw: readonly string[], delimiter: string): string[] {
  const joined: string[] = [];
  for (const field of raw) {
    if (joined.length > 0 && /^ \S/.test(field)) joined.push(joined.pop() + delimiter + field);
    else joined.push(field);
  }
  return joined;
}

/** Returns a record's fields as written, with their quotes. */
function rawFields(text: string, delimiter: string): string[] {
  const fields: string[] = [];
  let from = 0;
  for (let at = 0, isQuoted = false; at <= text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted;
    if (at < text.length && (isQuoted || text[at] !== delimiter)) continue;
    fields.push(text.slice(from, at));
    from = at + 1;
  }
  return fields;
}
