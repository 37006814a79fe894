import { MAX_FIELDS, TOO_MANY_FIELDS } from "../incoming_article.ts";
import type { RecordFormat } from "../records.ts";
import { lenientFields } from "./lenient_fields.ts";

const SPACE = 0x20;
const BACKSLASH = 0x5C;
const QUOTE = 0x22;
const LINE_FEED = 0x0A;
const CARRIAGE_RETURN = 0x0D;

/** The share of lines in a damaged record that must be complete rows for them to be read as rows. */
const MOSTLY = 0.8;
/** The number of lines examined for it. */
const SAMPLE = 50;

/** The scanner's states: in a quoted field, after a quote there, at a field's start, or elsewhere. */
type Place = "start" | "bare" | "quoted" | "closed";

/**
 * Splits records at line breaks outside of quotes. An unclosed quote absorbs the following rows up to the next
 * quote or the end: if those look like rows of `columns()` fields, only the first line is lost.
 */
export function tableRecords(delimiter: string, columns: () => number): RecordFormat {
  const mark = delimiter.charCodeAt(0);
  let place: Place = "start";
  /** Whether the last byte in quotes was a backslash, and whether the quote after it is ambiguous. */
  let wasBackslash = false;
  let mayGoOn = false;
  /** Whether the table escapes quotes by a backslash, as MySQL's exports do. */
  let usesBackslash = false;
  /** Whether text follows a closing quote, which was probably meant to open a field. */
  let isMistaken = false;
  let ended = { isMistaken: false };
  return {
    scan(chunk, from) {
      for (let at = from; at < chunk.length; at++) {
        if (place === "quoted") {
          const quote = chunk.indexOf(QUOTE, at);
          const end = quote === -1 ? chunk.length : quote;
          wasBackslash = endsWithBackslash(chunk, at, end, wasBackslash);
          at = end;
          if (quote === -1) break;
          if (!(wasBackslash && usesBackslash)) {
            place = "closed";
            mayGoOn = wasBackslash;
          }
          wasBackslash = false;
          continue;
        }
        const byte = chunk[at]!;
        if (byte === SPACE && (place === "start" || place === "closed" && !mayGoOn)) {
          // Some writers put spaces around quoted fields.
        } else if (byte === LINE_FEED) {
          place = "start";
          ended = { isMistaken };
          isMistaken = false;
          return at + 1;
        } else if (byte === mark) {
          place = "start";
        } else if (byte === QUOTE && place !== "bare") {
          place = "quoted";
          wasBackslash = false;
        } else if (byte !== CARRIAGE_RETURN || place !== "closed") {
          const goesOn = place === "closed" && mayGoOn;
          usesBackslash ||= goesOn;
          isMistaken ||= place === "closed" && !goesOn;
          place = goesOn ? "quoted" : "bare";
          wasBackslash = goesOn && byte === BACKSLASH;
        }
      }
      return -1;
    },
    isDamaged: () => ended.isMistaken || place === "quoted",
    recover(record) {
      const end = record.indexOf(LINE_FEED) + 1;
      if (end === 0 || end === record.length) return -1;
      if (!areRows(new TextDecoder().decode(record.subarray(end)), delimiter, columns())) return -1;
      place = "start";
      isMistaken = false;
      ended = { isMistaken };
      return end;
    },
  };
}

/** Whether an unescaped backslash precedes `end`; `before` is whether one precedes `from`. */
function endsWithBackslash(
  chunk: Uint8Array,
  from: number,
  end: number,
  before: boolean,
): boolean {
  let at = end;
  while (at > from && chunk[at - 1] === BACKSLASH) at--;
  const isOdd = (end - at) % 2 === 1;
  return at === from && before ? !isOdd : isOdd;
}

function areRows(text: string, delimiter: string, columns: number): boolean {
  const lines = text.split("\n", SAMPLE).filter((line) => line.trim() !== "");
  const rows = lines.filter((line) => {
    const fields = tableFields(line, delimiter);
    return !("error" in fields) && fields.length === columns;
  });
  return rows.length >= MOSTLY * lines.length;
}

/**
 * Returns the fields of a record without its line break, or why it is rejected. A record that violates
 * RFC 4180 is parsed leniently and accepted if it has `columns` fields then.
 */
export function tableFields(
  record: string,
  delimiter: string,
  columns: number | null = null,
): string[] | { error: string } {
  const text = withoutLineEnd(record);
  const strict = strictFields(text, delimiter);
  const fields = "error" in strict ? strict : strict.fields;
  const isSound = !("error" in strict) &&
    (columns === null || strict.fields.length === columns || !strict.hasLooseQuote);
  if (isSound) return fields;
  const lenient = columns === null ? null : lenientFields(text, delimiter, columns);
  return lenient?.length === columns ? lenient : fields;
}

/** A regular expression would be tried at each carriage return. */
function withoutLineEnd(record: string): string {
  if (!record.endsWith("\n")) return record;
  let end = record.length - 1;
  while (record.charCodeAt(end - 1) === CARRIAGE_RETURN) end--;
  return record.slice(0, end);
}

/** Returns the fields of a record, and whether one without quotes around it has one inside. */
function strictFields(
  text: string,
  delimiter: string,
): { fields: string[]; hasLooseQuote: boolean } | { error: string } {
  const fields: string[] = [];
  let hasLooseQuote = false;
  for (let from = 0; from <= text.length;) {
    if (fields.length === MAX_FIELDS) return { error: TOO_MANY_FIELDS };
    if (text[from] !== '"') {
      const next = text.indexOf(delimiter, from);
      const end = next === -1 ? text.length : next;
      const field = text.slice(from, end);
      hasLooseQuote ||= field.includes('"');
      fields.push(field);
      from = end + 1;
      continue;
    }
    const end = closingQuote(text, from + 1);
    if (end === -1) return { error: "a quoted field is not closed" };
    if (end + 1 < text.length && text[end + 1] !== delimiter) {
      return { error: "a quoted field has text after its closing quote" };
    }
    fields.push(text.slice(from + 1, end).replaceAll('""', '"'));
    from = end + 2;
  }
  return { fields, hasLooseQuote };
}

function closingQuote(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
