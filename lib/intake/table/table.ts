import { USUAL_NAMES, usualName } from "../field_map.ts";
import type { Reading } from "../incoming_article.ts";
import type { Parser } from "../parsed.ts";
import { hasLine, peeked } from "../peeked.ts";
import { readRecord, type RecordOptions } from "../read_record.ts";
import { records } from "../records.ts";
import { readDialect } from "./dialect.ts";
import { tableFields, tableRecords } from "./table_record.ts";

const HEAD = 64 * 1024;
/** How MySQL and Postgres write a missing value. */
const NULL = "\\N";

/**
 * A table (RFC 4180) with a header row, delimited by `,`, `;`, `|`, a tab or as declared by a line `sep=`. A
 * content column is required; without one, there is one rejection at the header's line.
 */
export const parseTable: Parser = async function* (text, options = {}) {
  const { head, body } = await peeked(text, HEAD, hasLine);
  const { delimiter, hasSeparatorLine, hasBareReturns } = readDialect(
    new TextDecoder().decode(head),
  );
  let columns: string[] | null = null;
  let isHeaderless = false;
  let isFirst = true;
  const format = tableRecords(delimiter, () => columns?.length ?? 0);
  for await (const record of records(hasBareReturns ? withLineFeeds(body) : body, format)) {
    const { line } = record;
    // The rest is still read, so that the sender receives the response.
    if (isHeaderless) continue;
    if ("text" in record && !/\S/.test(record.text)) continue;
    if (isFirst && hasSeparatorLine) {
      isFirst = false;
      continue;
    }
    isFirst = false;
    const fields = "error" in record
      ? record
      : tableFields(record.text, delimiter, columns?.length ?? null);
    if (columns === null) {
      const header = readHeader(fields, options);
      if ("error" in header) {
        isHeaderless = true;
        yield { kind: "rejected", line, error: header.error };
      } else {
        columns = header.columns;
      }
    } else if ("error" in fields) {
      yield { kind: "rejected", line, error: fields.error };
    } else if (fields.some((field) => field.trim() !== "")) {
      yield { line, ...readRow(columns, fields, options) };
    }
  }
};

function readHeader(
  fields: string[] | { error: string },
  { map }: RecordOptions,
): { columns: string[] } | { error: string } {
  if ("error" in fields) return { error: `the header row: ${fields.error}` };
  const columns = fields.map((field) => field.trim().replace(/^"(.*)"$/, "$1"));
  const known = new Set(columns.map(usualName));
  const mapped = map?.get("content");
  const names = [...USUAL_NAMES.content, ...(mapped === undefined ? [] : [usualName(mapped)])];
  if (names.some((name) => known.has(name))) return { columns };
  return { error: "the header row has no column content; name the column with ?map=content:NAME" };
}

function readRow(columns: string[], fields: string[], options: RecordOptions): Reading {
  const isLonger = fields.slice(columns.length).some((field) => field.trim() !== "");
  if (fields.length < columns.length || isLonger) {
    const error = `the row has ${fields.length} fields where the header has ${columns.length}`;
    return { kind: "rejected", error };
  }
  const record: Record<string, string | null> = {};
  for (const [index, column] of columns.entries()) {
    if (column === "") continue;
    const field = fields[index]!;
    // Of columns with the same name, the first that is not empty counts.
    record[column] ||= field === NULL ? null : field;
  }
  return readRecord(record, options);
}

async function* withLineFeeds(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) yield chunk.map((byte) => byte === 0x0D ? 0x0A : byte);
}
