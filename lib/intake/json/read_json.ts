import type { Json } from "../../article/article_fields.ts";
import { feedSource } from "../feed_source.ts";
import type { Reading } from "../incoming_article.ts";
import { readRecord, type RecordOptions } from "../read_record.ts";
import { isRecord } from "../record_values.ts";
import { MOST_OUTER, recordsIn } from "./json_list.ts";
import { jsonScan } from "./json_scan.ts";

/** Matches a string, or common invalid syntax: a trailing comma, a comment, a record separator, NaN. */
const LENIENT =
  // deno-lint-ignore no-control-regex
  /"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\u001e|\bNaN\b|-?\bInfinity\b/gs;
// deno-lint-ignore no-control-regex
const CONTROL = /[\0-\x1f]/g;

const JSON_FEED = /^https?:\/\/(www\.)?jsonfeed\.org\/version\//;

/** Reads the articles of a JSON value; `header` is the object around its list. */
export function readJson(
  text: string,
  options: RecordOptions = {},
  header: Record<string, Json> = {},
): Reading[] {
  const value = parsed(text);
  if ("error" in value) {
    const values = splitValues(text);
    return values.length > 0
      ? values.flatMap((each) => readJson(each, options, header))
      : [{ kind: "rejected", error: value.error }];
  }
  const { records, header: own } = recordsIn(value.value);
  return records.map((record) => readOne(record, { ...header, ...own }, options));
}

/** Parses the object around a list from its text up to the list. */
export function readHeader(text: string): Record<string, Json> {
  for (let around = 1; around <= MOST_OUTER; around++) {
    const value = parsed(`${text}]${"}".repeat(around)}`);
    if ("value" in value && isRecord(value.value)) return value.value;
  }
  return {};
}

function readOne(
  record: unknown,
  header: Record<string, Json>,
  options: RecordOptions,
): Reading {
  if (!isRecord(record) || !JSON_FEED.test(String(header.version))) {
    return readRecord(record, options);
  }
  const feed = [header.feed_url, header.home_page_url, header.title]
    .find((each) => typeof each === "string") ?? null;
  const { id, ...rest } = record;
  const source = feedSource(id === undefined ? null : String(id), feed);
  const base = [header.home_page_url, header.feed_url].find((each) => typeof each === "string");
  // An entry may be a title or a link alone, as an item of RSS.
  const hasMore = [rest.title, rest.url].some((each) => typeof each === "string");
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
  try {
    return { value: JSON.parse(text) };
  } catch (error) {
    try {
      return { value: JSON.parse(text.replace(LENIENT, repaired)) };
    } catch {
      const reason = error instanceof Error ? error.message : String(error);
      return { error: `the record is not JSON: ${tidied(reason)}` };
    }
  }
}

function repaired(part: string): string {
  if (!part.startsWith('"')) return /^[-NI]/.test(part) ? "null" : "";
  return part.replace(CONTROL, (char) => JSON.stringify(char).slice(1, -1));
}

/** Returns the objects of a text that has several on one line; nothing if it has anything else. */
function splitValues(text: string): string[] {
  const bytes = new TextEncoder().encode(text);
  const scan = jsonScan();
  const values: string[] = [];
  for (let from = 0; from < bytes.length;) {
    const end = scan.scan(bytes, from);
    const value = new TextDecoder().decode(bytes.subarray(from, end === -1 ? bytes.length : end));
    if (value.startsWith("{")) values.push(value);
    else if (/[^\s,]/.test(value.replace(LENIENT, repaired))) return [];
    if (end === -1) break;
    from = end;
  }
  return values.every((value) => "value" in parsed(value)) ? values : [];
}

/** Cleans up the engine's message, which quotes the text with line breaks and counts lines from the record. */
function tidied(reason: string): string {
  return reason.replace(/\s+/g, " ").replace(/ \(line \d+ column \d+\)/, "");
}
