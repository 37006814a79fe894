import { type Signal, signal } from "@preact/signals";
import { preferenceCookie } from "../i18n/preference.ts";
import { type Theme, THEME_COOKIE } from "./theme.ts";

/** How a page is coloured now, and a way to change that. */
export interface ShownTheme {
  readonly theme: Signal<Theme>;
  /** Colours this page, and those that are opened later. */
  choose(theme: Theme): void;
}

let shared: ShownTheme | null = null;

/** The theme of this page: in a browser one for all islands. @param first That of the server. */
export function shownTheme(first: Theme): ShownTheme {
  if (typeof document === "undefined") return createShownTheme(first);
  return shared ??= createShownTheme(first);
}

function createShownTheme(first: Theme): ShownTheme {
  const theme = signal(first);
  return {
    theme,
    choose(chosen) {
      document.cookie = preferenceCookie(THEME_COOKIE, chosen);
      document.documentElement.dataset.theme = chosen;
      theme.value = chosen;
    },
  };
}
