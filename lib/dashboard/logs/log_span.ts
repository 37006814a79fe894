import { filterQuery, type LogFilter } from "./log_filter.ts";
import { urlMoment } from "../shell/whole_number.ts";
import { LATEST_TIME } from "../../wire/latest_time.ts";

/** The part of the kept log that a page shows; all null: the live log. */
export interface LogSpan {
  /** In ms since the epoch: inclusive start and exclusive end; null: none. */
  since: number | null;
  until: number | null;
  /** The cursor that the page ends before, or begins after. */
  before: string | null;
  after: string | null;
}

export const LIVE: LogSpan = { since: null, until: null, before: null, after: null };

/** A cursor: microseconds since the epoch, and a node. */
export const LOG_CURSOR = /^(\d{1,16})\.(.{0,200})$/s;

/** Parses a URL's query; ignores invalid values. `from` and `to` are local times, as a form without scripts sends. */
export function readSpan(query: URLSearchParams): LogSpan {
  return {
    since: urlMoment(query.get("since")) ?? localTime(query.get("from")),
    until: urlMoment(query.get("until")) ?? localTime(query.get("to")),
    before: cursor(query.get("before")),
    after: cursor(query.get("after")),
  };
}

export function isLive({ since, until, before, after }: LogSpan): boolean {
  return since === null && until === null && before === null && after === null;
}

/** Whether a page is filled from its start rather than from its end. */
export function isForward({ since, until, before, after }: LogSpan): boolean {
  return after !== null || (before === null && until === null && since !== null);
}

/** Returns the cursor of all lines before a time in ms since the epoch. */
export function cursorAt(ms: number): string {
  return `${ms * 1_000}.`;
}

/** Returns the URL's query for a part of the log, with `?`; empty for the whole live log. */
export function logQuery(filter: LogFilter, span: LogSpan): string {
  const query = new URLSearchParams(filterQuery(filter));
  for (const [name, value] of Object.entries(span)) {
    if (value !== null) query.set(name, String(value));
  }
  return query.size === 0 ? "" : `?${query}`;
}

export function logHref(filter: LogFilter, span: LogSpan): string {
  return `/logs${logQuery(filter, span)}`;
}

/** Formats a time for an input of the type `datetime-local`; empty for none. */
export function inputTime(ms: number | null): string {
  if (ms === null) return "";
  const local = new Date(ms - new Date(ms).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19);
}

/** Parses the value of such an input; null if it is empty or invalid. */
export function localTime(text: string | null): number | null {
  if (text === null || !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text)) return null;
  const ms = Date.parse(text);
  return ms >= 0 && ms <= LATEST_TIME ? ms : null;
}

function cursor(text: string | null): string | null {
  return text !== null && LOG_CURSOR.test(text) ? text : null;
}
