import { type Signal, signal } from "@preact/signals";
import { preferenceCookie } from "../../i18n/preference_cookie.ts";
import { basePath } from "./base_path.ts";
import { type Theme, THEME_COOKIE } from "./theme.ts";

/** The theme of a page, and a function to change it. */
export interface ShownTheme {
  readonly theme: Signal<Theme>;
  /** Applies a theme to this page and later ones. */
  choose(theme: Theme): void;
}

let shared: ShownTheme | null = null;

/** Returns the theme of this page, shared by all islands. @param first The server's. */
export function shownTheme(first: Theme): ShownTheme {
  if (typeof document === "undefined") return createShownTheme(first);
  return shared ??= createShownTheme(first);
}

function createShownTheme(first: Theme): ShownTheme {
  const theme = signal(first);
  return {
    theme,
    choose(chosen) {
      document.cookie = preferenceCookie(THEME_COOKIE, chosen, basePath());
      document.documentElement.dataset.theme = chosen;
      theme.value = chosen;
    },
  };
}
