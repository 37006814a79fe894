import { fromChineseDate } from "./chinese_date.ts";

/** A longer text is no time. */
const LONGEST = 100;
const LOCAL =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T\s]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)?$/;
/** `20260302`, `202603020800`, `20260302080059`. */
const COMPACT =
  /^((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:([01]\d|2[0-3])([0-5]\d)([0-5]\d)?)?$/;
const ZONED =
  /^\d{4}-\d\d-\d\dT\d\d:\d\d.*(?:Z|[+-]\d\d:?\d\d)$|\d\s*(?:GMT|UTC?|Z|[+-]\d\d:?\d\d|[A-Z]{3})$|[+-]\d{4}\s+\d{4}$/;
/** ISO 8601 without separators. */
const BASIC = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)?(Z|[+-]\d\d:?\d\d)?$/;
/** An offset of hours alone, and one whose plus sign became a space in a URL. */
const HOURS_OFFSET = /\s*(?:UTC|GMT)\s*([+-])(\d{1,2})$/;
const LOST_PLUS = /(T\d\d:\d\d(?::\d\d)?) (\d\d:\d\d)$/;
/** Dates with an English month, perhaps with an unknown zone. */
const MONTHS =
  "jan january feb february mar march apr april may jun june jul july aug august sep sept " +
  "september oct october nov november dec december";
const ENGLISH = new RegExp(
  `^(?=.*\\b(?:${MONTHS.replaceAll(" ", "|")})\\b)(?=.*\\b\\d{4}\\b)`,
  "i",
);
const ZONE_NAME = /\s+\(?(?!AM|PM)[A-Z]{2,5}\)?$/;

/**
 * Parses a publication time to ISO 8601: in UTC if the time has a zone, else without a zone; just a date if it
 * has no time. Returns null if invalid. A number that is no date means seconds since the epoch, or
 * milliseconds from 12 digits on.
 */
export function readPublished(given: string | number): string | null {
  if (String(given).length > LONGEST) return null;
  const text = fromChineseDate(String(given).trim())
    .replace(
      BASIC,
      (_, year, month, day, hour, minute, second = "00", zone = "") =>
        `${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`,
    )
    .replace(LOST_PLUS, "$1+$2")
    .replace(HOURS_OFFSET, (_, sign, hours) => ` ${sign}${hours.padStart(2, "0")}00`);
  const compact = COMPACT.exec(text);
  if (compact !== null) return localTime(compact.slice(1));
  if (/^\d{9,14}(?:\.\d+)?$/.test(text)) {
    const count = Math.trunc(Number(text));
    return isoTime(count * (count >= 1e11 ? 1 : 1_000));
  }
  const local = LOCAL.exec(text);
  if (local !== null) return localTime(local.slice(1));
  if (ZONED.test(text)) {
    const zoned = isoTime(Date.parse(text));
    if (zoned !== null) return zoned;
  }
  return ENGLISH.test(text) ? englishTime(text.replace(ZONE_NAME, "")) : null;
}

/** `March 2, 2026`, `Mon, 02 Mar 2026 08:00:00`: a time without a zone. */
function englishTime(text: string): string | null {
  const time = isoTime(Date.parse(`${text.replace(/(\d)(?:st|nd|rd|th)\b/gi, "$1")} UTC`));
  if (time === null) return null;
  return /\d:\d\d/.test(text)
    ? time.replace(/(?:\.\d+)?Z$/, "")
    : time.slice(0, "2026-03-02".length);
}

function localTime(parts: (string | undefined)[]): string | null {
  const [year, month, day, hour, minute, second] = parts;
  const two = (part: string | undefined) => (part ?? "00").padStart(2, "0");
  const date = `${year}-${two(month)}-${two(day)}`;
  const time = hour === undefined ? "" : `T${two(hour)}:${two(minute)}:${two(second)}`;
  return Number.isNaN(Date.parse(`${date}${time}`)) ? null : date + time;
}

function isoTime(ms: number): string | null {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return null;
  return date.toISOString().replace(".000Z", "Z");
}
