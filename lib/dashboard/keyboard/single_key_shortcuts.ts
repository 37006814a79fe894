import { basePath } from "../shell/base_path.ts";
import { preferenceCookie, readPreference } from "../../i18n/preference_cookie.ts";

/** The cookie that disables single-key shortcuts, which dictation software would trigger. */
const COOKIE = "keys";

/** Whether single-key shortcuts are enabled, by the request's `Cookie` header. */
export function singleKeysEnabled(cookie: string | null): boolean {
  return readPreference(cookie, COOKIE) !== "off";
}

/** Returns the cookie of that choice. */
export function singleKeysCookie(act: boolean): string {
  return preferenceCookie(COOKIE, act ? "on" : "off", basePath());
}
