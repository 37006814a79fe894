/** A cell of a downloaded table. */
export type Cell = string | number | null;

/** Values that spreadsheets treat as formulas (CSV injection); some locales accept full-width signs. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;
/** Separators of values; in some locales a semicolon is one, so the rest would become another cell. */
const PARTING = /[",;\t\r\n]/;
/** The byte order mark, without which spreadsheets do not detect UTF-8. */
const BYTE_ORDER_MARK = "\ufeff";

/**
 * Streams rows as CSV (RFC 4180). A text that a spreadsheet would run as a formula is prefixed with an
 * apostrophe, against CSV injection.
 */
export function csvDownload<Column extends string>(
  name: string,
  columns: readonly Column[],
  rows: AsyncIterable<Record<Column, Cell>>,
): Promise<Response> {
  async function* lines() {
    yield BYTE_ORDER_MARK + columns.join(",") + "\r\n";
    for await (const row of rows) yield columns.map((each) => cell(row[each])).join(",") + "\r\n";
  }
  return download(`${name}.csv`, "text/csv; charset=utf-8", lines());
}

/** Streams rows as a JSON array, one per line. */
export function jsonDownload(name: string, rows: AsyncIterable<unknown>): Promise<Response> {
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

/** Streams rows as JSON lines (NDJSON). */
export function jsonLinesDownload(name: string, rows: AsyncIterable<unknown>): Promise<Response> {
  async function* lines() {
    for await (const row of rows) yield JSON.stringify(row) + "\n";
  }
  return download(`${name}.jsonl`, "application/x-ndjson", lines());
}

/** Streams lines of text, which end in their line breaks. */
export function textDownload(file: string, lines: AsyncIterable<string>): Promise<Response> {
  return download(file, "text/plain; charset=utf-8", lines);
}

function cell(value: Cell): string {
  if (typeof value !== "string") return String(value ?? "");
  const text = FORMULA.test(value) ? `'${value}` : value;
  return PARTING.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Batches text into larger chunks: a write per row would cost more than the row. */
const PIECE = 64 * 1024;

/** Reads the first chunk before it responds: an outage after that can only cut the download. */
async function download(
  file: string,
  type: string,
  lines: AsyncIterable<string>,
): Promise<Response> {
  const rest = inPieces(lines);
  const first = await rest.next();
  async function* pieces() {
    if (!first.done) yield first.value;
    yield* rest;
  }
  const body = ReadableStream.from(pieces()).pipeThrough(new TextEncoderStream());
  return new Response(body, {
    headers: { "content-type": type, "content-disposition": `attachment; filename="${file}"` },
  });
}

async function* inPieces(lines: AsyncIterable<string>) {
  let piece = "";
  for await (const line of lines) {
    piece += line;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
