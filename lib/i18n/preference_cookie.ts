const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Returns the value of a cookie in a `Cookie` header, or null. */
export function readPreference(cookie: string | null, name: string): string | null {
  for (const pair of cookie?.split(";") ?? []) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

/**
 * Returns a cookie that stores a display preference for a year. It contains no secret, so that a page may set
 * it like a server. `path`: the base path, or empty.
 */
export function preferenceCookie(name: string, value: string, path: string): string {
  return `${name}=${value}; Path=${path || "/"}; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
