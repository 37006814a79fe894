import { csvFields, csvRecords } from "./csv_record.ts";
import { readArticle, type Reading } from "./incoming_article.ts";
import type { Parser } from "./parsed.ts";
import { records } from "./records.ts";

/**
 * CSV (RFC 4180, commas) with a header row. The columns `title` and `content` are required,
 * `source`, `group_id` and `group` known, others ignored; case does not matter. Without a usable
 * header nothing can be read, which is one rejection, on the header's line.
 */
export const parseCsv: Parser = async function* (body, charset = null) {
  let header: Header | null = null;
  for await (const record of records(body, charset, csvRecords())) {
    const { line } = record;
    // The rest is still read, so that the sender gets to hear the answer.
    if (header?.kind === "rejected") continue;
    if ("text" in record && !/\S/.test(record.text)) continue;
    const fields = "error" in record ? record : csvFields(record.text);
    if (header === null) {
      header = readHeader(fields);
      if (header.kind === "rejected") yield { line, ...header };
    } else if ("error" in fields) {
      yield { kind: "rejected", line, error: fields.error };
    } else {
      yield { line, ...readRow(header.columns, fields) };
    }
  }
};

type Header = { kind: "columns"; columns: string[] } | { kind: "rejected"; error: string };

function readHeader(fields: string[] | { error: string }): Header {
  if ("error" in fields) return { kind: "rejected", error: `the header row: ${fields.error}` };
  const columns = fields.map((field) => field.trim().toLowerCase());
  const missing = ["title", "content"].filter((column) => !columns.includes(column));
  if (missing.length === 0) return { kind: "columns", columns };
  return {
    kind: "rejected",
    error: `the header row has no column ${missing.join(" and no column ")}`,
  };
}

function readRow(columns: string[], fields: string[]): Reading {
  if (fields.length !== columns.length) {
    const error = `the row has ${fields.length} fields where the header has ${columns.length}`;
    return { kind: "rejected", error };
  }
  const row = Object.fromEntries(columns.map((column, index) => [column, fields[index]]));
  return readArticle({ ...row, group_id: readGroupId(row.group_id?.trim()) });
}

/** What is no number stays as it is, for the article's own check to name. */
function readGroupId(field: string | undefined): number | string | null {
  if (!field) return null;
  return /^\d+$/.test(field) ? Number(field) : field;
}
