import { preferenceCookie, readPreference } from "../../i18n/preference_cookie.ts";
import { basePath } from "../shell/base_path.ts";

const COOKIE = "visit";
/** Returning after this time starts a new visit. */
const GAP_MS = 30 * 60_000;
/** A timestamp further in the future than the clock skew was not written by a page. */
const CLOCK_MS = 60_000;

/** A browser's visit, by the servers' clock, ms since the epoch. */
export interface Visit {
  /** The time of this browser's last request. */
  seen: number;
  /** The end of its previous visit; null if there was none, or if its summary was dismissed. */
  since: number | null;
}

/** Returns the current visit of a browser from its `Cookie` header. */
export function visitAt(cookie: string | null, now: number): Visit {
  const found = /^(\d{13})(?:-(\d{13}))?$/.exec(readPreference(cookie, COOKIE) ?? "");
  const seen = Number(found?.[1]);
  if (found === null || seen > now + CLOCK_MS) return { seen: now, since: null };
  const since = found[2] === undefined ? null : Number(found[2]);
  return { seen: Math.max(seen, now), since: now - seen >= GAP_MS ? seen : since };
}

/** Returns the cookie that stores a visit. */
export function visitCookie({ seen, since }: Visit): string {
  const value = since === null ? String(seen) : `${seen}-${since}`;
  return preferenceCookie(COOKIE, value, basePath());
}
