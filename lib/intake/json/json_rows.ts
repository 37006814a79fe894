import { rowLength } from "../table/row_length.ts";
import type { Json } from "../../article/article_fields.ts";
import { USUAL_NAMES, usualName } from "../field_map.ts";
import type { Reading } from "../incoming_article.ts";
import { readRecord, type RecordOptions } from "../read_record.ts";
import { isRecord } from "../record_values.ts";

/** Names of the list of column names, and of the rows, in an object that is a table. */
const COLUMNS = ["columns", "header", "headers", "fields", "cols"];
const ROWS = ["rows", "data", "values", "records"];

/** Reads a table of arrays, the first of which are the names of the columns. */
export interface JsonRows {
  /** Returns null if the value is not a row of such a table; nothing for the row of names. */
  read(value: unknown): Iterable<Reading> | null;
}

export function jsonRows(options: RecordOptions = {}): JsonRows {
  let names: string[] | null = null;
  return {
    read(value) {
      if (
        !Array.isArray(value) || value.some((cell) => typeof cell === "object" && cell !== null)
      ) {
        return null;
      }
      if (names !== null) return [readRow(names, value, options)];
      if (!nameContent(value, options)) return null;
      names = value;
      return [];
    },
  };
}

/** Returns the rows of an object or array that is a table of arrays, as records; null for any other value. */
export function tableRecords(
  value: unknown,
  options: RecordOptions = {},
): Iterable<Reading> | null {
  const rows = isRecord(value) ? firstArray(value, ROWS) : value;
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(Array.isArray)) return null;
  const given = isRecord(value) ? firstArray(value, COLUMNS)?.map(nameOf) : undefined;
  const [first, ...others] = given === undefined ? rows : [given, ...rows];
  if (!nameContent(first, options)) return null;
  return readRows(first, others, options);
}

function* readRows(
  names: readonly string[],
  rows: Iterable<Json[]>,
  options: RecordOptions,
): Generator<Reading> {
  for (const row of rows) yield readRow(names, row, options);
}

function readRow(names: readonly string[], row: Json[], options: RecordOptions): Reading {
  if (row.length > names.length) {
    return { kind: "rejected", error: rowLength(row.length, names.length) };
  }
  const entries = row.map((cell, index) => [names[index]!, cell] as const);
  return readRecord(Object.fromEntries(entries), options);
}

function nameContent(row: unknown, { map }: RecordOptions): row is string[] {
  if (!Array.isArray(row) || !row.every((name) => typeof name === "string")) return false;
  const mapped = map?.get("content");
  return row.map(usualName).some((name) =>
    USUAL_NAMES.content.includes(name) || mapped !== undefined && name === usualName(mapped)
  );
}

function firstArray(value: Record<string, Json>, names: readonly string[]): Json[] | undefined {
  return names.map((name) => value[name]).find((each) => Array.isArray(each));
}

/** A column may be an object with its name. */
function nameOf(column: Json): Json {
  return isRecord(column) ? column.name ?? column.label ?? null : column;
}
