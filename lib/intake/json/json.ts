import type { Json } from "../../article/article_fields.ts";
import type { Parsed, Parser } from "../parsed.ts";
import type { Reading } from "../incoming_article.ts";
import { hasLine, peekStream } from "../peek_stream.ts";
import { endOfLine, records, type RecordText } from "../records.ts";
import { assignmentEnd, isEventStream, SNIFFED } from "../sniff.ts";
import { isListName, MOST_OUTER } from "./json_list.ts";
import { parseEvents } from "./event_stream.ts";
import { jsonScan } from "./json_scan.ts";
import { isJson } from "./next_record.ts";
import { jsonRows } from "./json_rows.ts";
import type { RecordOptions } from "../read_record.ts";
import { type OpenRecord, openRecord } from "./open_record.ts";
import { readAround, readHeader, readJson, readKeyed } from "./read_json.ts";

/** The number of bytes examined to distinguish NDJSON from other JSON. */
const HEAD = 64 * 1024;
/** An object's first list of objects, after fields that are no lists or objects. */
const LIST_AFTER_FIELDS = /^\{(?:[^"{[]|"(?:[^"\\]|\\.)*")*(?<="([^"\\]*)"\s*):\s*\[\s*\{/;
const LEADING = /^(?:\s|\/\/[^\n]*\n|\/\*[^*]*\*\/)*/;

/**
 * JSON in all shapes: one article per line (NDJSON), an array of articles, concatenated articles, an object with
 * a list of them, JSON Feed, a script that assigns one of these (`window.posts = [` …). A truncated list yields
 * an additional rejection, at the line of its last article.
 */
export const parseJson: Parser = async function* (text, options) {
  const { head, body } = await peekStream(text, HEAD, hasLine);
  const start = assignmentEnd(new TextDecoder("latin1").decode(head.subarray(0, SNIFFED)));
  if (isEventStream(new TextDecoder().decode(head.subarray(0, SNIFFED)))) {
    yield* parseEvents(body, options);
  } else if (start > 0) yield* parseValues(blanked(body, start), options);
  else yield* isByLine(head) ? parseLines(body, options) : parseValues(body, options);
};

/** Blanks what a script has before its value, and keeps its line breaks. */
async function* blanked(body: AsyncIterable<Uint8Array>, until: number) {
  let at = 0;
  for await (const chunk of body) {
    const start = until - at;
    yield start <= 0
      ? chunk
      : chunk.map((byte, index) => index < start && byte !== 0x0A ? 0x20 : byte);
    at += chunk.length;
  }
}

const parseLines: Parser = async function* (text, options) {
  const reader = lineReader(options);
  for await (const some of records(text, { scan: endOfLine })) yield reader.read(some);
  yield reader.end();
};

/** Reads lines that are records, some of which may continue on the next lines. */
function lineReader(options: RecordOptions | undefined) {
  /** A record without an end, which may continue on the next line. */
  let open: OpenRecord | null = null;
  /** Why its first line alone is rejected; null once it has another. */
  let rejection: Reading | null = null;
  const rows = jsonRows(options);

  function* readLine(record: RecordText): Generator<Parsed> {
    const { line } = record;
    if (open !== null) {
      const whole = "text" in record ? open.add(record) : null;
      if (whole !== null) rejection = null;
      if (whole === "open") return;
      yield* readOpen(open, whole ?? open.text);
      open = null;
      if (whole !== null) return;
    }
    if ("error" in record) yield { kind: "rejected", line, error: record.error };
    else if (/\S/.test(record.text)) {
      const readings = readJson(record.text, options, {}, rows);
      const first = readings.next();
      open = first.value?.kind === "rejected" ? openRecord(record) : null;
      rejection = first.value ?? null;
      if (open !== null || first.done) return;
      yield { line, ...first.value };
      for (const reading of readings) yield { line, ...reading };
    }
  }

  /** Reads a record; if it is rejected, the objects on lines that it took for its own, too. */
  function* readOpen({ line, objects }: OpenRecord, text: string): Generator<Parsed> {
    const readings = rejection === null ? readJson(text, options) : [rejection];
    for (const reading of readings) {
      yield { line, ...reading };
      if (reading.kind !== "rejected") continue;
      for (const object of objects) {
        for (const one of readJson(object.text, options)) {
          if (one.kind === "article") yield { line: object.line, ...one };
        }
      }
    }
  }

  return {
    *read(lines: Iterable<RecordText>): Generator<Parsed> {
      for (const line of lines) yield* readLine(line);
    },
    *end(): Generator<Parsed> {
      if (open !== null) yield* readOpen(open, open.text);
    },
  };
}

const parseValues: Parser = async function* (text, options) {
  const scan = jsonScan();
  const rows = jsonRows(options);
  let lastLine = 1;
  let header: Record<string, Json> = {};
  for await (const some of records(text, scan)) yield readValues(some);
  if (scan.isOpen()) {
    yield [{ kind: "rejected", line: lastLine, error: "the JSON array is not closed" }];
  }

  function* readValues(some: Iterable<RecordText>): Generator<Parsed> {
    for (const record of some) {
      const { line } = record;
      const role = scan.role();
      const isBetween = role === "between" || "text" in record && /^[\s,[\];)]*$/.test(record.text);
      if (isBetween) continue;
      if (role === "after list") {
        if ("error" in record) continue;
        for (const reading of readAround(record.text, header, options)) yield { line, ...reading };
        continue;
      }
      lastLine = line;
      if ("error" in record) yield { kind: "rejected", line, error: record.error };
      else if (role === "before list") header = readHeader(record.text, scan.closers());
      else {
        const readings = role === "keyed"
          ? readKeyed(record.text, scan.closers(), options)
          : readJson(record.text, options, header, rows);
        for (const reading of readings) yield { line, ...reading };
      }
    }
  }
};

/** Whether the first line is a record, valid or not, rather than the start of a larger value. */
function isByLine(head: Uint8Array): boolean {
  const text = new TextDecoder().decode(head).replace(LEADING, "");
  const end = text.indexOf("\n");
  if (end === -1) return false;
  const line = text.slice(0, end).trim();
  if (line.startsWith("[")) return isRow(line);
  return !/[{[,:]$/.test(line) && !isListHead(line);
}

/** Whether a line is an array of values that are no records: a row of a table. */
function isRow(line: string): boolean {
  try {
    const row: unknown = JSON.parse(line);
    return Array.isArray(row) && row.length > 0 && row.every((cell) => typeof cell === "string");
  } catch {
    return false;
  }
}

/** Whether the first line contains the start of an object's list, or its first record. */
function isListHead(line: string): boolean {
  if (line.endsWith("}")) return isOpenList(line);
  if (/^\{\s*"[^"]*"\s*:\s*\[/.test(line)) return true;
  const [, name = ""] = LIST_AFTER_FIELDS.exec(line) ?? [];
  return isListName(name);
}

/** Whether a line that ends with a record is cut within an object's list: `{"articles": [{…}`. */
function isOpenList(line: string): boolean {
  const [, name = ""] = /"([^"\\]*)"\s*:\s*\[\s*\{/.exec(line) ?? [];
  return isListName(name) && Array.from({ length: MOST_OUTER }, (_, n) => "}".repeat(n + 1))
    .some((closers) => isJson(`${line}]${closers}`));
}
