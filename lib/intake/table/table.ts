import type { Reading } from "../incoming_article.ts";
import type { Parsed, Parser } from "../parsed.ts";
import { hasLine, peekStream } from "../peek_stream.ts";
import { readRecord, type RecordOptions } from "../read_record.ts";
import { records, type RecordText } from "../records.ts";
import {
  type Columns,
  type GuessedColumns,
  guessedColumns,
  namedColumns,
  unnamedNote,
} from "./columns.ts";
import { readDialect } from "./dialect.ts";
import { fitRow } from "./fit_row.ts";
import { tableFields, tableRecords } from "./table_record.ts";

const HEAD = 64 * 1024;
/** How MySQL and Postgres write a missing value. */
const NULL = "\\N";
/** The number of rows, and of characters, by which the columns are recognized if the first row is no usual header. */
const MOST_ROWS = 20;
const MOST_TEXT = 1024 * 1024;
/** The line below the header of a table in Markdown. */
const RULE = /^:?-+:?$/;

/** A row with its fields, or why it has none. */
interface Row {
  line: number;
  text: string;
  fields: string[] | { error: string };
}

/**
 * A table (RFC 4180) with a header row, delimited by `,`, `;`, `|`, a tab or as declared by a line `sep=`. Lines
 * before the header are skipped. Without a header that names the content, the columns are recognized by their texts;
 * if that fails, there is one rejection at the first line.
 */
export const parseTable: Parser = async function* (text, options = {}) {
  const { head, body } = await peekStream(text, HEAD, hasLine);
  const { delimiter, hasSeparatorLine, hasBareReturns } = readDialect(
    new TextDecoder().decode(head),
  );
  const table = { delimiter, options };
  let columns: Columns | null = null;
  /** The first rows, until the columns are known; null if they cannot be recognized. */
  let first: Row[] | null = [];
  let isFirst = true;
  const format = tableRecords(delimiter, () => columns?.names.length ?? 0);

  function* read(some: Iterable<RecordText>): Generator<Parsed> {
    for (const record of some) {
      // The rest is still read, so that the sender receives the response.
      if (first === null) continue;
      if ("text" in record && !/\S/.test(record.text)) continue;
      if (isFirst && hasSeparatorLine) {
        isFirst = false;
        continue;
      }
      isFirst = false;
      const row = readFields(record, delimiter, columns);
      if (columns !== null) {
        const parsed = readRow(row, columns, table);
        if (parsed !== null) yield parsed;
        continue;
      }
      columns = headerOf(row, first, options);
      if (columns !== null) {
        yield* skipped(first);
        yield* unnamed(columns, row.line);
        continue;
      }
      first.push(row);
      const length = first.reduce((sum, { text }) => sum + text.length, 0);
      if (first.length < MOST_ROWS && length < MOST_TEXT) continue;
      const found = recognized(first, options);
      yield* readFirst(first, found, table);
      if (found === null) first = null;
      columns = found;
    }
  }

  for await (const some of records(hasBareReturns ? withLineFeeds(body) : body, format)) {
    yield read(some);
  }
  if (columns === null && first !== null) {
    yield readFirst(first, recognized(first, options), table);
  }
};

/** How the rows of a table are read. */
interface Table {
  delimiter: string;
  options: RecordOptions;
}

function readFields(
  record: RecordText,
  delimiter: string,
  columns: Columns | null,
): Row {
  const { line } = record;
  if ("error" in record) return { line, text: "", fields: { error: record.error } };
  const { text } = record;
  return { line, text, fields: tableFields(text, delimiter, columns?.names.length ?? null) };
}

/** Returns the columns of a row that is the header: it has more fields than the lines before it. */
function headerOf({ fields }: Row, before: readonly Row[], options: RecordOptions): Columns | null {
  if ("error" in fields) return null;
  const isBelow = before.every((other) =>
    "error" in other.fields || other.fields.length < fields.length
  );
  return isBelow ? namedColumns(fields, options) : null;
}

function recognized(rows: readonly Row[], options: RecordOptions): GuessedColumns | null {
  return guessedColumns(rows.flatMap(({ fields }) => "error" in fields ? [] : [fields]), options);
}

/** Reads the first rows of a table whose columns are recognized by them. */
function* readFirst(
  rows: readonly Row[],
  columns: GuessedColumns | null,
  table: Table,
): Generator<Parsed> {
  const [first] = rows;
  if (first === undefined) return;
  if (columns === null) {
    yield { kind: "rejected", line: first.line, error: whyUnusable(first) };
    return;
  }
  yield { kind: "note", line: first.line, note: columns.note };
  if (columns.hasHeader) yield* unnamed(columns, first.line);
  const header = columns.hasHeader ? rows.find(({ fields }) => !("error" in fields)) : null;
  for (const row of rows) {
    const parsed = row === header ? null : readRow(row, columns, table);
    if (parsed !== null) yield parsed;
  }
}

/** Reads a row; returns null for a blank one. */
function readRow({ line, text, fields }: Row, columns: Columns, table: Table): Parsed | null {
  if ("error" in fields) return { kind: "rejected", line, error: fields.error };
  if (isBlank(fields, table.delimiter)) return null;
  return { line, ...readArticle(fields, columns, text, table) };
}

function* skipped(lines: readonly Row[]): Generator<Parsed> {
  for (const { line } of lines) {
    yield { kind: "note", line, note: "the line before the header was skipped" };
  }
}

function* unnamed(columns: Columns, line: number): Generator<Parsed> {
  const note = unnamedNote(columns);
  if (note !== null) yield { kind: "note", line, note };
}

function whyUnusable({ fields }: Row): string {
  if ("error" in fields) return `the header row: ${fields.error}`;
  return "the header row has no column content; name the column with ?map=content:NAME";
}

function isBlank(fields: readonly string[], delimiter: string): boolean {
  return fields.every((field) =>
    field.trim() === "" || delimiter === "|" && RULE.test(field.trim())
  );
}

function readArticle(
  given: string[],
  columns: Columns,
  text: string,
  { options, delimiter }: Table,
): Reading {
  const { names, map } = columns;
  const fitted = given.length === names.length
    ? { fields: given, note: null }
    : fitRow(given, columns, { text, delimiter });
  if ("error" in fitted) return { kind: "rejected", error: fitted.error };
  const { fields, note } = fitted;
  if (columns.content >= given.length) {
    return { kind: "rejected", error: note ?? "content is missing" };
  }
  // Without a prototype, whose members a column may be named like.
  const record: Record<string, string | null> = Object.create(null);
  for (const [index, field] of fields.entries()) {
    const name = names[index] || `column ${index + 1}`;
    if (names[index] === "" && field.trim() === "") continue;
    // Of columns with the same name, the first that is not empty counts.
    record[name] ||= field === NULL ? null : field;
  }
  const reading = readRecord(record, { ...options, map });
  if (note === null || reading.kind !== "article") return reading;
  return { ...reading, notes: [note, ...reading.notes ?? []] };
}

async function* withLineFeeds(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) yield chunk.map((byte) => byte === 0x0D ? 0x0A : byte);
}
