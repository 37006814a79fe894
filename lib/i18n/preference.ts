const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What a `Cookie` header says under `name`, or null. */
export function readPreference(cookie: string | null, name: string): string | null {
  for (const pair of cookie?.split(";") ?? []) {
    const [key, value] = pair.trim().split("=", 2);
    if (key === name && value !== undefined) return value;
  }
  return null;
}

/**
 * A cookie that remembers a choice of looks for a year. It holds no secret, so that a page may write it
 * as well as a server.
 */
export function preferenceCookie(name: string, value: string): string {
  return `${name}=${value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
}
