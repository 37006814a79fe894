import { LATEST_TIME } from "../../wire/latest_time.ts";

/** Parses a non-negative integer in a URL; returns null for anything else. */
export function wholeNumber(text: string | null): number | null {
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

/** Parses a time in a URL, in ms since the epoch; returns null for anything else. */
export function urlMoment(text: string | null): number | null {
  const moment = wholeNumber(text);
  return moment !== null && moment <= LATEST_TIME ? moment : null;
}
