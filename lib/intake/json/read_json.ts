import type { Json } from "../../article/article_fields.ts";
import { feedSource } from "../feed_source.ts";
import type { Reading } from "../incoming_article.ts";
import { readRecord, type RecordOptions } from "../read_record.ts";
import { isRecord, nameOf } from "../record_values.ts";
import { whyNoGhostPost, withEditorText } from "./ghost.ts";
import { hasContent, innerRecords, isRecordItself, recordsIn, withKey } from "./json_list.ts";
import { relaxed } from "./relaxed_json.ts";
import { type JsonRows, jsonRows, tableRecords } from "./json_rows.ts";
import { jsonScan } from "./json_scan.ts";
import { isExcessive, type JsonExtent, jsonExtent } from "../../runtime/json_extent.ts";
import { TOO_MANY_VALUES } from "../parsed.ts";

// deno-lint-ignore no-control-regex
const REPAIRED = /["\\\0-\x1f]/g;

/** A longer line is one value: telling several apart takes time. */
const LONGEST_SPLIT = 256 * 1024;
/** The characters outside of strings, beyond which invalid JSON is not repaired. */
const MOST_REPAIRED = 16 * 1024;
/** The quotes, backslashes and control characters beyond which invalid JSON is not repaired. */
const MOST_REPAIRS = 50_000;

const JSON_FEED = /^https?:\/\/(www\.)?jsonfeed\.org\/version\//;

/**
 * Yields the articles of a JSON value, which may be many; `header` is the object around its list, `rows` reads those of a table of which
 * it may be a row.
 */
export function* readJson(
  text: string,
  options: RecordOptions = {},
  header: Record<string, Json> = {},
  rows: JsonRows = jsonRows(options),
): Generator<Reading> {
  const value = parsed(text);
  if ("error" in value) {
    const values = splitValues(text);
    if (values.length === 0) yield { kind: "rejected", error: value.error };
    for (const each of values) yield* readJson(each, options, header, rows);
    return;
  }
  // A record that was encoded twice.
  if (typeof value.value === "string" && /^\s*\{/.test(value.value)) {
    return yield* readJson(value.value, options, header, rows);
  }
  const read = rows.read(value.value) ?? tableRecords(value.value, options);
  if (read !== null) return yield* read;
  const { records, header: own } = recordsIn(value.value);
  // The header may be large, and is usually around every record.
  const around = Object.keys(own).length === 0 ? header : { ...header, ...own };
  for (const record of records) yield* readRecords(record, around, options);
}

/** Parses the object around a list from its text up to the list, and what closes it there. */
export function readHeader(text: string, closers: string): Record<string, Json> {
  const value = parsed(`${text}]${closers}`);
  return "value" in value && isRecord(value.value) ? value.value : {};
}

/**
 * Reads an article under a key. Its text starts with the beginning of the objects around it, or else after the
 * previous article; `closers` close those objects.
 */
export function readKeyed(text: string, closers: string, options: RecordOptions = {}): Reading[] {
  const isFirst = /^\s*\{/.test(text);
  const value = parsed(isFirst ? text + closers : `{${text}}`);
  if ("error" in value) return [{ kind: "rejected", error: value.error }];
  let [key, record]: [string, unknown] = ["", value.value];
  for (let depth = isFirst ? closers.length : 1; depth > 0; depth--) {
    [key, record] = Object.entries(record as Record<string, Json>).at(-1) ?? ["", null];
  }
  return [readRecord(isRecord(record) ? withKey(key, record) : record, options)];
}

/**
 * Reads an object that turns out to be an article after a list in it: `header` is what it has before the list,
 * `text` what follows.
 */
export function readAround(
  text: string,
  header: Record<string, Json>,
  options: RecordOptions = {},
): Reading[] {
  const rest = parsed(`{${text.replace(/^[\s,\]}]+/, "")}`);
  if ("error" in rest || !isRecord(rest.value)) return [];
  const record = { ...header, ...rest.value };
  const isArticle = hasContent(rest.value) && nameOf(record.title ?? null);
  return isArticle ? [readRecord(record, options)] : [];
}

/** Reads a value that is a record, else the records within it. */
function* readRecords(
  record: unknown,
  header: Record<string, Json>,
  options: RecordOptions,
): Generator<Reading> {
  const reading = readOne(record, header, options);
  const isRead = reading.kind !== "rejected" || !isRecord(record);
  const inner = isRead || isRecordItself(record) ? [] : innerRecords(record);
  if (inner.length === 0) yield reading;
  for (const each of inner) yield readOne(each, header, options);
}

function readOne(
  record: unknown,
  header: Record<string, Json>,
  options: RecordOptions,
): Reading {
  const reason = isRecord(record) ? whyNoGhostPost(record, header) : null;
  if (reason !== null) return { kind: "skipped", error: reason };
  if (isRecord(record)) record = withEditorText(record);
  const { version } = header;
  if (!isRecord(record) || typeof version !== "string" || !JSON_FEED.test(version)) {
    return readRecord(record, options);
  }
  const feed = [header.feed_url, header.home_page_url, header.title]
    .find((each) => typeof each === "string") ?? null;
  const { id, ...rest } = record;
  const source = feedSource(id === undefined ? null : String(id), feed);
  const base = [header.home_page_url, header.feed_url].find((each) => typeof each === "string");
  // An entry may be a title or a link alone, as an item of RSS.
  const hasMore = [rest.title, rest.url, rest.external_url].some((each) =>
    typeof each === "string"
  );
  const entry = {
    ...(hasMore ? { content_text: "" } : {}),
    language: header.language ?? null,
    ...(rest.author === undefined ? { authors: header.authors ?? header.author ?? null } : {}),
    ...rest,
  };
  return readRecord(
    source === null ? entry : { ...entry, source },
    { ...options, base: options.base ?? base },
  );
}

function parsed(text: string): { value: unknown } | { error: string } {
  const extent = jsonExtent(text);
  if (isExcessive(extent)) return { error: TOO_MANY_VALUES };
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    const value = parsedLeniently(text, extent);
    if (value !== undefined) return { value };
    const reason = error instanceof Error ? error.message : String(error);
    return { error: `the record is not JSON: ${tidied(reason)}` };
  }
}

/** Returns undefined if the text cannot be repaired. */
function parsedLeniently(text: string, { outside }: JsonExtent): unknown {
  if (outside > MOST_REPAIRED || hasManyRepairs(text)) return undefined;
  const better = relaxed(text);
  // The engine takes as long for an error as for a thousand characters.
  if (better === text) return undefined;
  try {
    return JSON.parse(better);
  } catch {
    return undefined;
  }
}

function hasManyRepairs(text: string): boolean {
  let count = 0;
  REPAIRED.lastIndex = 0;
  while (REPAIRED.test(text)) if (++count > MOST_REPAIRS) return true;
  return false;
}

/** Returns the objects of a text that has several on one line; nothing if it has anything else. */
function splitValues(text: string): string[] {
  if (text.length > LONGEST_SPLIT) return [];
  const bytes = new TextEncoder().encode(text);
  const scan = jsonScan();
  const values: string[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = scan.scan(bytes, from);
    const value = new TextDecoder().decode(bytes.subarray(from, end === -1 ? bytes.length : end));
    if (value.startsWith("{")) values.push(value);
    else if (/[^\s,]/.test(relaxed(value))) return [];
    if (end === -1) break;
    from = end;
  }
  // A single value is the text itself, which is not JSON.
  const isSplit = values.length > 1 || values[0] !== text.trim();
  return isSplit && values.every((value) => "value" in parsed(value)) ? values : [];
}

/** Cleans up the engine's message, which quotes the text with line breaks and counts lines from the record. */
function tidied(reason: string): string {
  return reason.replace(/\s+/g, " ").replace(/ \(line \d+ column \d+\)/, "");
}
