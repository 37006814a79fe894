import { readPreference } from "../i18n/preference.ts";

/** How the page is coloured; `system` follows the device. */
export const THEMES = ["system", "light", "dark"] as const;
export type Theme = typeof THEMES[number];

/** The cookie that remembers a choice. */
export const THEME_COOKIE = "theme";

export function isTheme(value: unknown): value is Theme {
  return THEMES.some((theme) => theme === value);
}

/** The theme that a visitor chose, by the request's `Cookie` header. */
export function pickTheme(cookie: string | null): Theme {
  const chosen = readPreference(cookie, THEME_COOKIE);
  return isTheme(chosen) ? chosen : "system";
}
