/** One value of a row to download. */
export type Cell = string | number | null;

/** A spreadsheet takes what begins so for a formula, in some languages in full width as well. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;
/** What ends a value; in some languages a semicolon does, and the rest would be a value of its own. */
const PARTING = /[",;\t\r\n]/;
/** Without it spreadsheets take UTF-8 for something else. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Rows as a file of values parted by commas (RFC 4180) that is sent while they are read. A text that a
 * spreadsheet would run as a formula begins with an apostrophe.
 */
export function csvDownload<Column extends string>(
  name: string,
  columns: readonly Column[],
  rows: AsyncIterable<Record<Column, Cell>>,
): Response {
  async function* lines() {
    yield BYTE_ORDER_MARK + columns.join(",") + "\r\n";
    for await (const row of rows) yield columns.map((each) => cell(row[each])).join(",") + "\r\n";
  }
  return download(`${name}.csv`, "text/csv; charset=utf-8", lines());
}

/** Rows as a JSON array, one a line, that is sent while they are read. */
export function jsonDownload(name: string, rows: AsyncIterable<unknown>): Response {
  async function* lines() {
    let start = "[\n";
    for await (const row of rows) {
      yield start + JSON.stringify(row);
      start = ",\n";
    }
    yield start === "[\n" ? "[]\n" : "\n]\n";
  }
  return download(`${name}.json`, "application/json", lines());
}

function cell(value: Cell): string {
  if (typeof value !== "string") return String(value ?? "");
  const text = FORMULA.test(value) ? `'${value}` : value;
  return PARTING.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Text is sent in pieces of some size: a write for each row would cost more than the row. */
const PIECE = 64 * 1024;

function download(file: string, type: string, lines: AsyncIterable<string>): Response {
  async function* pieces() {
    let piece = "";
    for await (const line of lines) {
      piece += line;
      if (piece.length < PIECE) continue;
      yield piece;
      piece = "";
    }
    yield piece;
  }
  const body = ReadableStream.from(pieces()).pipeThrough(new TextEncoderStream());
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${file}"` },
  });
}
