import { preferenceCookie, readPreference } from "../i18n/preference.ts";

/** The cookie that remembers that characters alone are not to act: dictation would press them. */
const COOKIE = "keys";

/** Whether characters act for a visitor, by the request's `Cookie` header. */
export function charactersAct(cookie: string | null): boolean {
  return readPreference(cookie, COOKIE) !== "off";
}

/** The cookie of that choice. */
export function charactersCookie(act: boolean): string {
  return preferenceCookie(COOKIE, act ? "on" : "off");
}
