import { readPreference } from "../../i18n/preference_cookie.ts";

/** The theme; `system` follows the device. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = typeof THEMES[number];

/** The cookie with the chosen theme. */
export const THEME_COOKIE = "theme";

export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

/** Returns the chosen theme, by the request's `Cookie` header. */
export function pickTheme(cookie: string | null): Theme {
  const chosen = readPreference(cookie, THEME_COOKIE);
  return isTheme(chosen) ? chosen : "system";
}
