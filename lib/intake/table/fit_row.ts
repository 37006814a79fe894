import type { Columns } from "./columns.ts";

/** A row's fields, perhaps fewer or more than the columns, and what differs from the header. */
export interface FittedRow {
  fields: string[];
  note: string | null;
}

/**
 * Fits a row to the columns. Surplus fields come from delimiters in a content without quotes,
 * and are joined to it; else they follow the others.
 */
export function fitRow(
  fields: string[],
  { names, content }: Columns,
  { text, delimiter }: { text: string; delimiter: string },
): FittedRow {
  const surplus = fields.slice(names.length);
  const counts = `the row has ${fields.length} fields where the header has ${names.length}`;
  if (fields.length < names.length) {
    const missing = names.slice(fields.length);
    return {
      fields,
      note: missing.some((name) => name !== "") ? counts : null,
    };
  }
  if (surplus.every((field) => field.trim() === "")) {
    return { fields: fields.slice(0, names.length), note: null };
  }
  const raw = rawFields(text.replace(/\r?\n$/, ""), delimiter);
  const parts = raw.slice(content, content + surplus.length + 1);
  if (raw.length !== fields.length || parts.some((part) => part.trimStart().startsWith('"'))) {
    return { fields, note: `${counts}; the others were kept in extra` };
  }
  const after = content + surplus.length + 1;
  return {
    fields: [...fields.slice(0, content), parts.join(delimiter), ...fields.slice(after)],
    note: `${counts}; the others were read as part of the content`,
  };
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
