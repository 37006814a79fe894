import { commandWords } from "../../i18n/command_words.ts";
import type { Language } from "../../i18n/language.ts";
import { createVoice } from "../../i18n/voice.ts";
import type { SearchResultKind } from "../../wire/search_result.ts";
import type { FirstAction } from "../requests/stream_requests.ts";
import { type Page, pagesFor } from "../shell/pages.ts";
import { type Theme, THEMES } from "../shell/theme.ts";

/** The effect of a command. */
export type Effect =
  | { kind: "go"; path: string }
  | { kind: "act"; action: FirstAction }
  | { kind: "theme"; theme: Theme }
  | { kind: "language"; language: Language }
  /** Focuses the page's search field, or opens a page that has one. */
  | { kind: "search"; elsewhere: string }
  | { kind: "keys" }
  | { kind: "sign out" };

/** A command of the palette and its shortcut: plain data, so that it can be an island's prop. */
export interface Command {
  id: string;
  /** The name of an icon. */
  icon: Icon;
  label: string;
  /** The label in the other language, which the palette also searches. */
  alias: string;
  /** The key sequence of the shortcut; null if there is none. */
  keys: string | null;
  /** The kind, for a search result from the server. */
  result?: SearchResultKind;
  effect: Effect;
}

type Icon =
  | (Page["icon"] | Theme)
  | ("search" | "start" | "stop" | "retry" | "clear" | "language" | "keyboard" | "signOut");
type Word = keyof typeof commandWords["en"];
type Draft = { word: Word; icon: Icon; keys?: string; effect: Effect };

const THEME_WORDS = {
  system: "themeSystem",
  light: "themeLight",
  dark: "themeDark",
} as const satisfies Record<Theme, Word>;

export interface Actor {
  language: Language;
  /** Whether the actor may change anything. */
  mayAct: boolean;
  /** Whether there is a session to sign out of. */
  signsOut: boolean;
}

/** Returns every page and action of an actor, in display order. */
export function commandsFor({ language, mayAct, signsOut }: Actor): Command[] {
  const other = language === "zh" ? "en" : "zh";
  const drafts: Draft[] = [
    ...pagesFor({ mayAct }).map(({ path, ...page }) => ({ ...page, effect: go(path) })),
    { word: "wall", icon: "system", keys: "g v", effect: go("/?view=wall") },
    { word: "reference", icon: "logs", effect: go("/reference") },
    {
      word: "search",
      icon: "search",
      keys: "/",
      effect: { kind: "search", elsewhere: "/articles#search" },
    },
    ...(mayAct ? ACTIONS : []),
    ...THEMES.map((theme): Draft => ({
      word: THEME_WORDS[theme],
      icon: theme,
      effect: { kind: "theme", theme },
    })),
    {
      word: other === "zh" ? "speakChinese" : "speakEnglish",
      icon: "language",
      effect: { kind: "language", language: other },
    },
    { word: "keys", icon: "keyboard", keys: "?", effect: { kind: "keys" } },
  ];
  if (signsOut) drafts.push({ word: "signOut", icon: "signOut", effect: { kind: "sign out" } });
  const { say } = createVoice(language, commandWords[language]);
  const alias = createVoice(other, commandWords[other]);
  return drafts.map(({ word, icon, keys = null, effect }) => ({
    id: word,
    icon,
    label: say(word),
    alias: alias.say(word),
    keys,
    effect,
  }));
}

function go(path: string): Effect {
  return { kind: "go", path };
}

const ACTIONS: readonly Draft[] = [
  { word: "start", icon: "start", keys: "d s", effect: { kind: "act", action: "start" } },
  { word: "stop", icon: "stop", keys: "d x", effect: { kind: "act", action: "stop" } },
  { word: "retry", icon: "retry", keys: "d r", effect: { kind: "act", action: "retry" } },
  // Requires confirmation, by the page that also confirms without scripts.
  { word: "clear", icon: "clear", keys: "d c", effect: go("/?confirm=clear") },
];
